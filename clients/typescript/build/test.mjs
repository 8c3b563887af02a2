// Compiles the tests against what is built, as a user's code would be, and runs them; arguments go to node's test runner.
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = `${root}dist-test`;
rmSync(output, { recursive: true, force: true });
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-p", `${root}test`], { stdio: "inherit" });

const files = readdirSync(output).filter(name => name.endsWith(".test.js")).map(name => `${output}/${name}`);
const { status } = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...process.argv.slice(2), ...files], { stdio: "inherit" });
process.exitCode = status ?? 1;
