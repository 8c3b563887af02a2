// Puts compiled modules into one, each after those that it imports. It knows the forms that are used here, and refuses others.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** The text of one module that exports what `entry` does. */
export function bundle(entry) {
  const seen = new Set();
  const names = new Map();
  const texts = [];

  const add = file => {
    if (seen.has(file)) {
      return;
    }

    seen.add(file);
    const text = readFileSync(file, "utf8").replace(/^(?:import|export) (?:\{[^}]*\} from )?"([^"]+)";\n/gm, (_, name) => {
      add(resolve(dirname(file), name));
      return "";
    });
    const plain = text.replace(/^export (?=(?:async )?(?:class|function|const)\b)/gm, "");
    const left = /^(?:import|export)\b.*/m.exec(plain);
    if (left) {
      throw new Error(`${file}: '${left[0]}' is of a form that the bundle does not know.`);
    }

    for (const [, name] of plain.matchAll(/^(?:async )?(?:class|function\*?|const|let) (\w+)/gm)) {
      if (names.has(name)) {
        throw new Error(`${file} and ${names.get(name)} both have a '${name}': in one file they need two names.`);
      }

      names.set(name, file);
    }

    texts.push(plain);
  };

  const exported = [...readFileSync(entry, "utf8").matchAll(/^export \{ ([^}]*) \} from/gm)].map(([, name]) => name);
  add(entry);
  return `${texts.filter(text => text.trim()).join("")}export { ${exported.join(", ")} };\n`;
}
