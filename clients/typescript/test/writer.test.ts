import assert from "node:assert/strict";
import { test } from "node:test";
import { BlueEdge, BlueEdgeError } from "blueedge-client";
import { cut, data, error, ScriptedServer, settled, until, type Received, type Step } from "./scripted.js";

/** A channel as the server keeps it: recognises what it has of a writer, and takes a run whole or not at all. */
class Channel {
  readonly items: unknown[] = [];
  hasEnded = false;

  /** Takes a call; where `isLost`, without the answer getting back. */
  take(isLost = false): Step {
    return (answer, request) => {
      if (request.path.endsWith("/end")) {
        this.hasEnded = true;
      } else {
        const sequence = Number(request.query.get("sequence"));
        const items = lines(request);
        if (sequence > this.items.length) {
          return error(409, "Missing.", { nextSequence: this.items.length })(answer, request);
        }

        this.items.push(...items.slice(this.items.length - sequence));
      }

      return isLost ? cut(answer, request) : data({ nextSequence: this.items.length, creditItems: 9, creditBytes: 9, recognisesRepeats: true })(answer, request);
    };
  }
}

const lines = (request: Received): unknown[] => request.body.split("\n").filter(line => line !== "").map(line => JSON.parse(line) as unknown);
const busy = error(429, "The engines are slower.", {}, { "retry-after": "1" });

test("send resolves when the item is acknowledged, and numbers items itself", async () => {
  const channel = new Channel();
  await using server = await ScriptedServer.start(channel.take());
  const writer = new BlueEdge({ server: server.address }).write("s", "a/b", { writer: "w" });

  await writer.send({ n: 1 });
  await writer.send(null);
  await writer.end();
  await writer.end();

  assert.deepEqual(channel.items, [{ n: 1 }, null]);
  assert.ok(channel.hasEnded);
  assert.equal(writer.sequence, 2);
  assert.deepEqual(server.requests.map(request => `${request.method} ${request.path}?${request.query}`), [
    "POST /api/v1/sessions/s/channels/a%2Fb/items?writer=w&sequence=0",
    "POST /api/v1/sessions/s/channels/a%2Fb/items?writer=w&sequence=1",
    "POST /api/v1/sessions/s/channels/a%2Fb/end?writer=w",
  ]);
  assert.equal(server.requests[0]?.headers["content-type"], "application/x-ndjson");
});

test("What waits while one is on its way goes together, in its order", async () => {
  const channel = new Channel();
  await using server = await ScriptedServer.start(channel.take());
  const writer = new BlueEdge({ server: server.address }).write("s", "A");

  await Promise.all(Array.from({ length: 50 }, (_, n) => writer.send(n)));

  assert.deepEqual(channel.items, Array.from({ length: 50 }, (_, n) => n));
  assert.equal(server.requests.length, 2);
  assert.match(String(server.requests[0]?.query.get("writer")), /^[0-9a-f]{32}$/);
});

test("After a lost connection the same is sent again under the same numbers, and nothing is doubled", async () => {
  const channel = new Channel();
  await using server = await ScriptedServer.start(channel.take(true), cut, channel.take(), error(503, "Busy."), channel.take(true), channel.take());
  const writer = new BlueEdge({ server: server.address }).write("s", "A", { writer: "w" });

  await writer.send("a");
  await Promise.all([writer.send("b"), writer.send("c")]);

  assert.deepEqual(channel.items, ["a", "b", "c"]);
  assert.deepEqual(server.requests.map(request => [request.query.get("sequence"), lines(request)]), [
    ["0", ["a"]], ["0", ["a"]], ["0", ["a"]], ["1", ["b"]], ["1", ["b"]], ["1", ["b"]], ["2", ["c"]],
  ]);
});

test("Where there is no room the writer waits as it is told, beyond its patience too", async () => {
  const channel = new Channel();
  await using server = await ScriptedServer.start(busy, busy, channel.take());
  const writer = new BlueEdge({ server: server.address, patience: 1.5 }).write("s", "A");

  await writer.send("a");

  const [first, second, third] = server.requests.map(request => request.at);
  assert.ok(second! - first! >= 1000 && third! - second! >= 1000, "came back before Retry-After");
  assert.deepEqual(channel.items, ["a"]);
});

test("No more are unacknowledged than the window has; ready tells when there is room", async () => {
  const channel = new Channel();
  const held = settled();
  await using server = await ScriptedServer.start(async (answer, request) => {
    await held.promise;
    await channel.take()(answer, request);
  }, channel.take());
  const writer = new BlueEdge({ server: server.address }).write("s", "A", { window: 2 });
  let isReady = false;

  const sent = [writer.send("a"), writer.send("b")];
  await assert.rejects(writer.send("c"), { name: "BlueEdgeError", code: "window-full" });
  void writer.ready().then(() => (isReady = true));
  await until(() => server.requests.length === 1, "the first delivery");
  assert.ok(!isReady);
  held.resolve();
  await writer.ready();
  await writer.send("d");
  await Promise.all(sent);

  assert.deepEqual(channel.items, ["a", "b", "d"]);
});

test("Bytes count against the window too, and one large item always passes", async () => {
  const channel = new Channel();
  await using server = await ScriptedServer.start(channel.take());
  const writer = new BlueEdge({ server: server.address }).write("s", "A", { windowBytes: 10 });

  const large = writer.send("x".repeat(100));
  await assert.rejects(writer.send("y"), { code: "window-full" });
  await large;
  await writer.send("y");
});

test("sendAll takes from its source as there is room, and no faster", async () => {
  const channel = new Channel();
  await using server = await ScriptedServer.start(channel.take());
  const writer = new BlueEdge({ server: server.address }).write("s", "A", { window: 8 });
  let made = 0;

  await writer.sendAll((async function* () {
    for (; made < 100; made++) {
      assert.ok(made - writer.sequence <= 8, `${made} were taken when ${writer.sequence} were acknowledged`);
      yield made;
    }
  })());

  assert.deepEqual(channel.items, Array.from({ length: 100 }, (_, n) => n));
});

test("Several may send at once, and what cannot be sent is told", async () => {
  const channel = new Channel();
  await using server = await ScriptedServer.start(channel.take());
  const writer = new BlueEdge({ server: server.address }).write("s", "A", { window: 1 });

  await Promise.all(["a", "b", "c"].map(name => writer.sendAll(Array.from({ length: 10 }, (_, n) => `${name}${n}`))));

  assert.equal(channel.items.length, 30);
  for (const name of ["a", "b", "c"]) {
    assert.deepEqual(channel.items.filter(item => String(item).startsWith(name)), Array.from({ length: 10 }, (_, n) => `${name}${n}`));
  }

  await assert.rejects(writer.sendAll([1, undefined, 2]), TypeError);
});

test("Bytes go alone, as they are, with their media type; what is changed later is not sent", async () => {
  await using server = await ScriptedServer.start((answer, request) => data({ nextSequence: Number(request.query.get("sequence")) + 1 })(answer, request));
  const writer = new BlueEdge({ server: server.address }).write("s", "A");
  const buffer = Uint8Array.of(1, 2, 3);

  const sent = [writer.send("x"), writer.send(buffer, { mediaType: "image/png" }), writer.send(new Blob(["four"], { type: "image/gif" })), writer.send(buffer.buffer)];
  buffer.fill(9);
  await Promise.all(sent);

  assert.deepEqual(server.requests.map(request => [request.headers["content-type"], request.bytes.toString("latin1")]), [
    ["application/x-ndjson", '"x"\n'],
    ["image/png", "\x01\x02\x03"],
    ["image/gif", "four"],
    ["application/octet-stream", "\x01\x02\x03"],
  ]);
});

test("An error that does not pass ends the writer, and rejects all that was not acknowledged", async () => {
  await using server = await ScriptedServer.start(data({ nextSequence: 1 }), error(410, "The session has ended."));
  const writer = new BlueEdge({ server: server.address }).write("s", "A");

  await writer.send("a");
  const results = await Promise.allSettled([writer.send("b"), writer.send("c")]);

  assert.deepEqual(results.map(result => result.status === "rejected" && (result.reason as BlueEdgeError).status), [410, 410]);
  await assert.rejects(writer.send("d"), { status: 410 });
  await assert.rejects(writer.ready(), { status: 410 });
  await assert.rejects(writer.end(), { status: 410 });
  assert.equal(server.requests.length, 2);
  assert.equal(writer.sequence, 1);
});

test("A writer whose server stays away says so, and another goes on for it", async () => {
  const channel = new Channel();
  await using server = await ScriptedServer.start(channel.take(), channel.take(true), cut, cut, cut, cut);
  const client = new BlueEdge({ server: server.address, patience: 1 });
  const writer = client.write("s", "A");

  await writer.send("a");
  await assert.rejects(writer.send("b"), { retryable: true });
  await using again = await ScriptedServer.start(channel.take());
  await new BlueEdge({ server: again.address }).write("s", "A", { writer: writer.id, sequence: writer.sequence }).send("b");

  assert.deepEqual(channel.items, ["a", "b"]);
});

test("A number that the channel does not want is told, and a name that another writes by", async () => {
  await using server = await ScriptedServer.start(error(409, "Missing.", { nextSequence: 3 }), data({ nextSequence: 7 }));
  const client = new BlueEdge({ server: server.address });

  await assert.rejects(client.write("s", "A", { writer: "w", sequence: 5 }).send("a"), { status: 409, nextSequence: 3, retryable: false });
  await assert.rejects(client.write("s", "A", { writer: "w" }).send("a"), { code: "writer-taken", nextSequence: 7 });
});

test("Nothing is sent after the end, nor what is no JSON", async () => {
  const channel = new Channel();
  await using server = await ScriptedServer.start(channel.take());
  const writer = new BlueEdge({ server: server.address }).write("s", "A");

  await assert.rejects(writer.send(undefined), TypeError);
  const last = writer.send("a");
  const ended = writer.end();
  await assert.rejects(writer.send("b"), { code: "writer-ended" });
  await Promise.all([last, ended]);

  assert.deepEqual(channel.items, ["a"]);
  assert.ok(channel.hasEnded);
});

test("A writer that is silent says that it is there, before its first item too, until the channel's end", async () => {
  const channel = new Channel();
  await using server = await ScriptedServer.start(channel.take());
  const writer = new BlueEdge({ server: server.address }).write("s", "A", { keepAlive: 0.05 });

  await until(() => server.requests.length >= 1, "a sign of life");
  await Promise.all([writer.send("a"), writer.send("b")]);
  await until(() => server.requests.filter(request => request.body === "").length >= 3, "two more");
  await writer.send("c");
  await writer.end();
  const count = server.requests.length;
  await new Promise(resolve => setTimeout(resolve, 200));

  assert.equal(server.requests.length, count, "said so after the end");
  assert.deepEqual(channel.items, ["a", "b", "c"]);
  const signs = server.requests.filter(request => request.body === "" && !request.path.endsWith("/end"));
  assert.deepEqual([signs[0]?.query.get("sequence"), signs.at(-1)?.query.get("sequence")], ["0", "2"]);
  assert.ok(signs.every(request => request.headers["content-type"] === "application/x-ndjson"));
});

test("A silent writer whose session ends knows it by its next sign of life", async () => {
  await using server = await ScriptedServer.start(data({ nextSequence: 1 }), error(410, "The session has ended."));
  const writer = new BlueEdge({ server: server.address }).write("s", "A", { keepAlive: 0.05 });

  await writer.send("a");
  await until(() => server.requests.length === 2, "a sign of life");
  await new Promise(resolve => setTimeout(resolve, 50));

  await assert.rejects(writer.ready(), { status: 410 });
});

test("A signal ends a writer and all that waits for it, with its reason", async () => {
  await using server = await ScriptedServer.start(() => {});
  const controller = new AbortController();
  const reason = new Error("enough");
  const client = new BlueEdge({ server: server.address });
  const writer = client.write("s", "A", { signal: controller.signal, window: 1 });

  const waiting = Promise.allSettled([writer.send("a"), writer.ready(), writer.end()]);
  await until(() => server.requests.length === 1, "the delivery");
  controller.abort(reason);

  assert.deepEqual((await waiting).map(result => result.status === "rejected" && result.reason === reason), [true, true, true]);
  await assert.rejects(client.write("s", "A", { signal: controller.signal }).send("a"), reason);
});
