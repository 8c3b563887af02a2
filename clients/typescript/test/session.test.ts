import assert from "node:assert/strict";
import { test } from "node:test";
import { BlueEdge, BlueEdgeError, type SessionSpec } from "blueedge-client";
import { all, cut, data, error, finished, processing, ScriptedServer } from "./scripted.js";

const spec: SessionSpec = { engines: [{ id: "relay", inputs: [{ name: "In", linkTo: "A" }] }], dataChannels: [{ name: "A", type: "JSON", external: "in" }] };
const answer = { sessionId: "s1", process: finished, results: { Final: [{ a: 1 }] }, Final: [{ a: 1 }] };

test("submit sends the spec with a key and the wait, and answers with the session", async () => {
  await using server = await ScriptedServer.start(data({ ...answer, channels: { A: { type: "JSON", direction: "in", url: "http://x/" } } }));
  const client = new BlueEdge({ server: server.address });

  const session = await client.submit(spec, { idempotencyKey: "order-17", wait: 10 });

  const [request] = server.requests;
  assert.equal(`${request?.method} ${request?.path}`, "POST /api/v1/process-workflow");
  assert.equal(request?.headers["idempotency-key"], "order-17");
  assert.equal(request?.headers["content-type"], "application/json");
  assert.deepEqual(JSON.parse(request?.body ?? ""), { ...spec, waitTimeSecond: 10 });
  assert.deepEqual(
    { ...session, process: undefined },
    { id: "s1", status: "finished", ended: true, process: undefined, results: { Final: [{ a: 1 }] }, paging: {}, warnings: [], channels: { A: { type: "JSON", direction: "in", url: "http://x/" } } },
  );
});

test("runEngine goes to the other door, and a result channel called 'channels' is no map of addresses", async () => {
  await using server = await ScriptedServer.start(data({ ...answer, results: { channels: [1] }, channels: [1] }));

  const session = await new BlueEdge({ server: server.address }).runEngine({ engineId: "hello", inputs: { Control: { type: "JSON", payload: { name: "Ada" } } } });

  assert.equal(server.requests[0]?.path, "/api/v1/process-single-engine");
  assert.deepEqual(session.channels, {});
});

test("A submission that is lost or turned away is sent again with the same key, after Retry-After", async () => {
  await using server = await ScriptedServer.start(cut, error(503, "Busy.", {}, { "retry-after": "1" }), data(answer));

  await new BlueEdge({ server: server.address }).submit(spec);

  const [first, second, third] = server.requests;
  assert.match(String(first?.headers["idempotency-key"]), /^[0-9a-f]{32}$/);
  assert.equal(second?.headers["idempotency-key"], first?.headers["idempotency-key"]);
  assert.equal(third?.headers["idempotency-key"], first?.headers["idempotency-key"]);
  assert.equal(third?.body, first?.body);
  assert.ok((third?.at ?? 0) - (second?.at ?? 0) >= 1000, "came back before Retry-After");
});

test("Faults are told with their places, and are not tried again", async () => {
  const faults = [{ pointer: "/engines/0/id", code: "unknown-engine", message: "There is no engine 'relai'." }];
  await using server = await ScriptedServer.start(error(400, "1 fault.", { errors: faults, furtherErrors: 7, traceId: "t" }));

  await assert.rejects(new BlueEdge({ server: server.address }).submit(spec), (thrown: unknown) => {
    assert.ok(thrown instanceof BlueEdgeError);
    assert.deepEqual(
      [thrown.name, thrown.message, thrown.status, thrown.code, thrown.faults, thrown.furtherFaults, thrown.retryable, thrown.traceId],
      ["BlueEdgeError", "1 fault.", 400, "unknown-engine", faults, 7, false, "t"],
    );
    return true;
  });
  assert.equal(server.requests.length, 1);
});

test("Problem details and a proxy's page are errors too", async () => {
  const problem = (answer: import("node:http").ServerResponse) => void answer.writeHead(403, { "content-type": "application/problem+json" }).end('{"title":"Forbidden","detail":"Not for you."}');
  const page = (answer: import("node:http").ServerResponse) => void answer.writeHead(404, "Not Found", { "content-type": "text/html" }).end("<html>");
  await using server = await ScriptedServer.start(problem, page, answer => void answer.writeHead(200).end("<html>"));
  const client = new BlueEdge({ server: server.address });

  await assert.rejects(client.get("s"), { message: "Not for you.", status: 403 });
  await assert.rejects(client.get("s"), { message: "The server answered 404 Not Found", status: 404 });
  await assert.rejects(client.get("s"), { code: "not-blueedge" });
});

test("A server that is away is borne with for as long as patience says, then told as retryable", async () => {
  const gone = await ScriptedServer.start(cut);
  const address = gone.address;
  await gone[Symbol.asyncDispose]();
  const began = Date.now();

  await assert.rejects(new BlueEdge({ server: address, patience: 1 }).get("s"), { name: "BlueEdgeError", code: "unreachable", status: 0, retryable: true });

  assert.ok(Date.now() - began < 3000);
});

test("Retry-After beyond one's patience is not waited for", async () => {
  await using server = await ScriptedServer.start(error(503, "Later.", {}, { "retry-after": "3600" }));

  await assert.rejects(new BlueEdge({ server: server.address, patience: 5 }).get("s"), { status: 503, retryAfter: 3600, retryable: true });

  assert.equal(server.requests.length, 1);
});

test("wait asks on until the end, without the results that it does not need, and pauses where the server does not wait", async () => {
  await using server = await ScriptedServer.start(data({ sessionId: "s", process: processing }), data({ sessionId: "s", process: finished }), data(answer));

  const session = await new BlueEdge({ server: server.address }).wait("s");

  assert.deepEqual(session.results, answer.results);
  assert.deepEqual(server.requests.map(request => request.query.get("limit")), ["1", "1", null]);
  assert.equal(server.requests[0]?.query.get("waitTimeSecond"), "50");
  assert.ok((server.requests[1]?.at ?? 0) - (server.requests[0]?.at ?? 0) >= 900, "asked again at once");
});

test("wait gives up after atMost, and tells how the session stands", async () => {
  await using server = await ScriptedServer.start(data({ sessionId: "s", process: processing }));

  const session = await new BlueEdge({ server: server.address }).wait("s", { atMost: 0.2 });

  assert.equal(session.ended, false);
});

test("stop says how long to wait", async () => {
  await using server = await ScriptedServer.start(data({ sessionId: "s", process: { ...finished, status: "canceled" } }));

  const session = await new BlueEdge({ server: server.address }).stop("s", { wait: 5 });

  assert.equal(session.status, "canceled");
  assert.equal(`${server.requests[0]?.method} ${server.requests[0]?.path}?${server.requests[0]?.query}`, "POST /api/v1/process-workflow/s/stop?waitTimeSecond=5");
});

test("A signal ends a call, and the wait for its next try, with its reason", async () => {
  await using server = await ScriptedServer.start(() => {}, error(503, "Busy.", {}, { "retry-after": "30" }));
  const client = new BlueEdge({ server: server.address });
  const reason = new Error("enough");

  for (let count = 0; count < 2; count++) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 100);
    await assert.rejects(client.get("s", { signal: controller.signal }), reason);
  }

  await assert.rejects(client.get("s", { signal: AbortSignal.abort(reason) }), reason);
});

test("Headers go along, made anew for each request; a path before the API stays", async () => {
  await using server = await ScriptedServer.start(data(answer));
  let token = 0;
  const client = new BlueEdge({ server: `${server.address}/edge/`, headers: async () => ({ authorization: `Bearer ${++token}` }) });

  await client.get("a/b");
  await client.get("c");

  assert.equal(server.requests[0]?.path, "/edge/api/v1/process-workflow/a%2Fb");
  assert.deepEqual(server.requests.map(request => request.headers["authorization"]), ["Bearer 1", "Bearer 2"]);
});

test("results reads page by page, with what items say of themselves, and bytes that came along", async () => {
  const page = (items: object[], next: number | null) => data({ sessionId: "s", process: finished, results: { "a/b": items }, paging: { "a/b": { offset: 0, total: 3, next } } });
  await using server = await ScriptedServer.start(
    page([{ offset: 0, key: "k", tags: ["t"], attributes: { page: 3 }, value: { n: 1 } }, { offset: 1, value: null }], 2),
    page([{ offset: 2, mediaType: "image/png", length: 3, data: "AP+A" }], null),
  );

  const items = await all(new BlueEdge({ server: server.address }).results<{ n: number } | null>("s", "a/b", { pageSize: 2 }));

  assert.deepEqual(items.map(one => [one.offset, one.cursor, one.key, one.tags, one.attributes, one.value, one.mediaType]), [
    [0, "1:0", "k", ["t"], { page: 3 }, { n: 1 }, "application/json"],
    [1, "1:1", undefined, [], {}, null, "application/json"],
    [2, "1:2", undefined, [], {}, undefined, "image/png"],
  ]);
  assert.deepEqual([...(await items[2]?.bytes() ?? [])], [0, 255, 128]);
  assert.equal(new TextDecoder().decode(await items[0]?.bytes()), '{"n":1}');
  assert.deepEqual(server.requests.map(request => `${request.query}`), ["channel=a%2Fb&envelope=true&offset=0&limit=2", "channel=a%2Fb&envelope=true&offset=2&limit=2"]);
});

test("results of a session that runs again between two pages are not mixed", async () => {
  const page = (attempt: number) => data({ sessionId: "s", process: { ...processing, attempt }, results: { A: [{ offset: 0, value: attempt }] }, paging: { A: { offset: 0, total: 9, next: 1 } } });
  await using server = await ScriptedServer.start(page(1), page(2));

  await assert.rejects(all(new BlueEdge({ server: server.address }).results("s", "A")), { code: "attempt-changed", retryable: true });
});
