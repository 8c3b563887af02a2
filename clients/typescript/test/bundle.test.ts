import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import * as modules from "blueedge-client";
import { all, data, end, event, item, processing, ScriptedServer, stream } from "./scripted.js";

const root = new URL("../", import.meta.url);
const file = new URL("dist/blueedge-client.js", root);

test("The bundle is under 10 KB, gzipped", context => {
  const bytes = gzipSync(readFileSync(file), { level: 9 }).length;

  context.diagnostic(`${bytes} bytes`);
  assert.ok(bytes < 10_000, `it has ${bytes} bytes`);
});

test("The bundle needs nothing, and has all that the modules have", async () => {
  const foreign = /^import .*|require\(|(?<![.\w])process\.|\bBuffer\b/m.exec(readFileSync(file, "utf8"));
  assert.equal(foreign?.[0], undefined);
  const bundle = (await import(file.href)) as typeof modules;
  assert.deepEqual(Object.keys(bundle).sort(), Object.keys(modules).sort());

  await using server = await ScriptedServer.start(data({ sessionId: "s", process: processing }), stream(item(0, "a"), "cut"), stream(item(1, "b") + end), data({ nextSequence: 1 }), stream(event("status", {}) + end));
  const client = new bundle.BlueEdge({ server: server.address });
  assert.equal((await client.submit({ engines: [] })).status, "processing");
  assert.deepEqual((await all(client.listen("s", "A"))).map(message => message.type), ["item", "item", "end"]);
  await client.write("s", "A").send("x");
  assert.equal((await all(client.events("s"))).length, 2);
});

test("The package has no dependency at run time", () => {
  const description = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as Record<string, unknown>;

  assert.equal(description["dependencies"], undefined);
  assert.equal(description["license"], "MIT");
});
