import assert from "node:assert/strict";
import { test } from "node:test";
import { BlueEdge, type SessionMessage } from "blueedge-client";
import { all, cut, data, end, error, event, processing, ScriptedServer, settled, stream } from "./scripted.js";

const status = event("status", { sessionId: "s", process: processing });
const change = (number: number) => event("sessionStatusChanged", { number, at: "2026-11-24T10:16:33Z", type: "sessionStatusChanged", attempt: 1, status: "processing" }, number);
const told = (messages: SessionMessage[]) => messages.map(message => ("number" in message ? message.number : message.type));

test("Events come in order to the end, which says how", async () => {
  await using server = await ScriptedServer.start(stream(status + change(1) + change(2) + end));

  const messages = await all(new BlueEdge({ server: server.address }).events("s"));

  assert.deepEqual(told(messages), ["status", 1, 2, "end"]);
  assert.equal(messages.at(-1)?.type === "end" && messages.at(-1) && (messages.at(-1) as { process?: { status: string } }).process?.status, "finished");
  assert.equal(server.requests[0]?.path, "/api/v1/sessions/s/events");
  assert.equal(server.requests[0]?.headers["accept"], "text/event-stream");
  assert.equal(server.requests[0]?.headers["last-event-id"], undefined);
});

test("A connection cut in the middle of an event is taken up behind the last whole one", async () => {
  await using server = await ScriptedServer.start(
    stream(status + change(1) + change(2) + change(3).slice(0, -20), "cut"),
    cut,
    error(503, "Busy.", {}, { "retry-after": "1" }),
    stream(status + change(3) + end),
  );

  const messages = await all(new BlueEdge({ server: server.address }).events("s"));

  assert.deepEqual(told(messages), ["status", 1, 2, 3, "end"], "a status that was told is not told again");
  assert.deepEqual(server.requests.map(request => request.headers["last-event-id"]), [undefined, "2", "2", "2"]);
  assert.ok((server.requests[3]?.at ?? 0) - (server.requests[2]?.at ?? 0) >= 1000, "came back before Retry-After");
});

test("A stream that ends without an end is taken up too, and after says where to begin", async () => {
  await using server = await ScriptedServer.start(stream(change(8)), stream(`id: 11\n\n`), stream(end));

  const messages = await all(new BlueEdge({ server: server.address }).events("s", { after: 7 }));

  assert.deepEqual(told(messages), [8, "end"]);
  assert.deepEqual(server.requests.map(request => request.headers["last-event-id"]), ["7", "8", "11"]);
});

test("A gap is told", async () => {
  await using server = await ScriptedServer.start(stream(event("gap", { missed: 41 }) + change(42) + end));

  assert.deepEqual((await all(new BlueEdge({ server: server.address }).events("s")))[0], { type: "gap", missed: 41 });
});

test("Waits between tries grow, and patience ends them", async () => {
  await using server = await ScriptedServer.start(stream(change(1), "cut"), cut);
  const seen: number[] = [];

  await assert.rejects(async () => {
    for await (const message of new BlueEdge({ server: server.address, patience: 2 }).events("s")) {
      seen.push("number" in message ? message.number : -1);
    }
  }, { name: "BlueEdgeError", retryable: true });

  assert.deepEqual(seen, [1]);
  assert.ok(server.requests.length >= 4 && server.requests.length <= 12, `${server.requests.length} tries in 2 s`);
});

test("A server that takes connections and says nothing new is not hammered, and patience ends it", async () => {
  await using server = await ScriptedServer.start(stream(status));

  await assert.rejects(all(new BlueEdge({ server: server.address, patience: 2 }).events("s")), { code: "connection-lost", retryable: true });

  assert.ok(server.requests.length <= 12, `${server.requests.length} tries in 2 s`);
});

test("A session that is not there, and a server that does not stream, are told at once", async () => {
  await using server = await ScriptedServer.start(error(404, "There is no session 's'."), data({ events: [] }));
  const client = new BlueEdge({ server: server.address });

  await assert.rejects(all(client.events("s")), { status: 404, retryable: false });
  await assert.rejects(all(client.events("s")), { code: "not-a-stream", retryable: false });
});

test("Who had the end and comes back is told that there is nothing", async () => {
  await using server = await ScriptedServer.start(answer => void answer.writeHead(204).end());

  assert.deepEqual(await all(new BlueEdge({ server: server.address }).listen("s", "A", { after: "end" })), []);
});

test("A signal ends a stream that never ends, and its connection", async () => {
  const closed = settled();
  await using server = await ScriptedServer.start((answer, request) => {
    answer.on("close", closed.resolve);
    void stream(change(1), "open")(answer, request);
  });
  const controller = new AbortController();
  const reason = new Error("enough");

  await assert.rejects(async () => {
    for await (const _ of new BlueEdge({ server: server.address }).events("s", { signal: controller.signal })) {
      setTimeout(() => controller.abort(reason), 50);
    }
  }, reason);

  await closed.promise;
  assert.equal(server.requests.length, 1);
});

test("Who leaves the loop leaves the connection", async () => {
  const closed = settled();
  await using server = await ScriptedServer.start((answer, request) => {
    answer.on("close", closed.resolve);
    void stream(change(1) + change(2), "open")(answer, request);
  });

  for await (const _ of new BlueEdge({ server: server.address }).events("s")) {
    break;
  }

  await closed.promise;
});
