// Compiles to dist: the modules without comments, their types with them, and one file for browsers that have no bundler.
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const compile = (...options) => execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-p", root, ...options], { stdio: "inherit" });

rmSync(`${root}dist`, { recursive: true, force: true });
compile("--removeComments");
compile("--declaration", "--emitDeclarationOnly");
writeFileSync(`${root}dist/blueedge-client.js`, bundle(`${root}dist/index.js`));
