import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { data, end, error, item, processing, ScriptedServer, settled, stream, type Step } from "./scripted.js";

const browser = ["chromium", "chromium-browser", "google-chrome"].find(name => spawnSync(name, ["--version"]).status === 0);
const bundle = readFileSync(new URL("../dist/blueedge-client.js", import.meta.url));

/** Does what an application does, and says what it saw. */
const page = `<!doctype html><script type="module">
  import { BlueEdge, BlueEdgeError } from "/client.js";
  const seen = [];
  try {
    const client = new BlueEdge();
    const { id } = await client.submit({ engines: [] });
    for await (const message of client.listen(id, "A")) seen.push(message.type === "item" ? message.value : message.type);
    const writer = client.write(id, "B");
    await writer.send({ n: 1 });
    await writer.send(new Blob(["bytes"], { type: "image/png" }));
    await client.get("none").catch(error => seen.push(error instanceof BlueEdgeError && error.status));
  } catch (error) {
    seen.push(String(error.stack ?? error));
  }
  await fetch("/seen", { method: "POST", body: JSON.stringify(seen) });
</script>`;

test("A browser uses the bundle as it is", { skip: browser === undefined && "no browser", timeout: 120_000 }, async () => {
  const seen = settled();
  let told: unknown;
  let listened = 0;
  const answers: Record<string, Step> = {
    "/": answer => void answer.writeHead(200, { "content-type": "text/html" }).end(page),
    "/client.js": answer => void answer.writeHead(200, { "content-type": "text/javascript" }).end(bundle),
    "/api/v1/process-workflow": data({ sessionId: "s", process: processing }),
    "/api/v1/sessions/s/channels/A/events": (answer, request) => (listened++ ? stream(item(1, "größe") + end) : stream(item(0, "a") + item(1, "b").slice(0, -4), "cut"))(answer, request),
    "/api/v1/sessions/s/channels/B/items": (answer, request) => data({ nextSequence: Number(request.query.get("sequence")) + 1 })(answer, request),
    "/seen": (answer, request) => {
      told = JSON.parse(request.body);
      answer.writeHead(204).end();
      seen.resolve();
    },
  };
  await using server = await ScriptedServer.start((answer, request) => (answers[request.path] ?? error(404, "None."))(answer, request));
  const profile = mkdtempSync(join(tmpdir(), "blueedge-client-"));
  const process = spawn(browser ?? "", ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", `--user-data-dir=${profile}`, `${server.address}/`], { stdio: "ignore" });
  try {
    await seen.promise;
  } finally {
    const gone = new Promise(resolve => process.once("exit", resolve));
    process.kill();
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
  }

  assert.deepEqual(told, ["a", "größe", "end", 404]);
  const [cutOff, resumed] = server.requests.filter(request => request.path.endsWith("/A/events"));
  assert.deepEqual([cutOff?.headers["last-event-id"], resumed?.headers["last-event-id"]], [undefined, "1:0"]);
  assert.deepEqual(server.requests.filter(request => request.path.endsWith("/B/items")).map(request => [request.headers["content-type"], request.body]), [["application/x-ndjson", '{"n":1}\n'], ["image/png", "bytes"]]);
});
