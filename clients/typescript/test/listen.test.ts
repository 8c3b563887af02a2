import assert from "node:assert/strict";
import { test } from "node:test";
import { BlueEdge, Item, type ChannelMessage } from "blueedge-client";
import { all, data, end, error, event, item, ScriptedServer, settled, stream, until } from "./scripted.js";

const told = (messages: ChannelMessage[]) => messages.map(message => (message.type === "item" ? `${message.cursor}=${message.value}` : message.type));

test("Items come in order, each once, over any number of connections", async () => {
  await using server = await ScriptedServer.start(
    stream(item(0, "a") + item(1, "b") + item(2, "c").slice(0, -9), "cut"),
    error(503, "Busy."),
    stream(item(2, "c"), "cut"),
    stream(item(2, "c") + item(3, "d") + end),
  );

  const messages = await all(new BlueEdge({ server: server.address }).listen("s", "a/b"));

  assert.deepEqual(told(messages), ["1:0=a", "1:1=b", "1:2=c", "1:3=d", "end"]);
  assert.equal(server.requests[0]?.path, "/api/v1/sessions/s/channels/a%2Fb/events");
  assert.deepEqual(server.requests.map(request => request.headers["last-event-id"]), [undefined, "1:1", "1:1", "1:2"]);
});

test("A gap is told: the server's, and one that it does not tell", async () => {
  await using server = await ScriptedServer.start(stream(event("gap", { missed: 5 }) + item(5, "f") + item(6, "g") + item(9, "j") + end));

  const messages = await all(new BlueEdge({ server: server.address }).listen("s", "A"));

  assert.deepEqual(told(messages), ["gap", "1:5=f", "1:6=g", "gap", "1:9=j", "end"]);
  assert.deepEqual(messages.filter(message => message.type === "gap"), [{ type: "gap", missed: 5 }, { type: "gap", missed: 2 }]);
});

test("A new attempt is told, once, and its items begin anew", async () => {
  const attempt = event("attempt", { attempt: 2, former: 1 });
  await using server = await ScriptedServer.start(stream(item(0, "a") + item(1, "b"), "cut"), stream(attempt + item(0, "A", 2)), stream(item(0, "aa", 3) + end));

  const messages = await all(new BlueEdge({ server: server.address }).listen("s", "A"));

  assert.deepEqual(told(messages), ["1:0=a", "1:1=b", "attempt", "2:0=A", "attempt", "3:0=aa", "end"]);
  assert.deepEqual(messages.filter(message => message.type === "attempt"), [{ type: "attempt", attempt: 2, former: 1 }, { type: "attempt", attempt: 3, former: 2 }]);
});

test("A cursor is the server's own, and goes back as it came; a gap of unknown size has no number", async () => {
  const marked = (offset: number, mark: number) => event("item", { offset, value: offset }, `1:${offset}:${mark}`);
  await using server = await ScriptedServer.start(stream(marked(0, 7) + marked(1, 7), "cut"), stream(event("gap", {}) + marked(0, 8) + end), stream(end));
  const client = new BlueEdge({ server: server.address });

  const messages = await all(client.listen("s", "A"));
  await all(client.listen("s", "A", { after: messages[1]?.type === "item" ? messages[1].cursor : "" }));

  assert.deepEqual(told(messages), ["1:0:7=0", "1:1:7=1", "gap", "1:0:8=0", "end"]);
  assert.deepEqual(messages[2], { type: "gap" });
  assert.ok(messages[0]?.type === "item" && messages[0].attempt === 1);
  assert.deepEqual(server.requests.map(request => request.headers["last-event-id"]), [undefined, "1:1:7", "1:1:7"]);
});

test("after begins behind an item, and a new attempt is told then too", async () => {
  await using server = await ScriptedServer.start(stream(item(42, "x") + end), stream(item(0, "y", 2) + end));
  const client = new BlueEdge({ server: server.address });

  assert.deepEqual(told(await all(client.listen("s", "A", { after: "1:41" }))), ["1:42=x", "end"]);
  assert.deepEqual(told(await all(client.listen("s", "A", { after: "1:41" }))), ["attempt", "2:0=y", "end"]);
  assert.equal(server.requests[0]?.headers["last-event-id"], "1:41");
});

test("Events of a kind that the client does not know are passed over", async () => {
  await using server = await ScriptedServer.start(stream(event("weather", { rain: true }) + item(0, "a") + end));

  assert.deepEqual(told(await all(new BlueEdge({ server: server.address }).listen("s", "A"))), ["1:0=a", "end"]);
});

test("Bytes are fetched when they are asked for, and again where that breaks off", async () => {
  const picture = Buffer.from([1, 2, 3, 4]);
  await using server = await ScriptedServer.start(
    stream(event("item", { offset: 0, mediaType: "image/png", length: 4, href: "/api/v1/process-workflow/s/results/A/0", attributes: { page: 1 } }, "1:0") + end),
    answer => {
      answer.writeHead(200, { "content-type": "image/png", "content-length": "4" }).write(picture.subarray(0, 2), () => answer.socket?.destroy());
    },
    answer => void answer.writeHead(200, { "content-type": "image/png" }).end(picture),
    answer => void answer.writeHead(200, { "content-type": "image/png" }).end(picture.subarray(1)),
  );
  const client = new BlueEdge({ server: server.address, headers: { authorization: "Bearer t" } });

  const [one] = await all(client.listen("s", "A"));
  assert.ok(one instanceof Item);
  assert.equal(server.requests.length, 1);
  assert.deepEqual([one.mediaType, one.length, one.value, one.attributes, one.href], ["image/png", 4, undefined, { page: 1 }, `${server.address}/api/v1/process-workflow/s/results/A/0`]);

  assert.deepEqual(Buffer.from(await one.bytes()), picture);
  assert.equal(server.requests[2]?.path, "/api/v1/process-workflow/s/results/A/0");
  assert.equal(server.requests[2]?.headers["authorization"], "Bearer t");
  await assert.rejects(one.bytes(), { code: "content-changed" });
});

test("Bytes at another origin are not fetched, for the headers may be secret", async () => {
  await using server = await ScriptedServer.start(stream(event("item", { offset: 0, mediaType: "image/png", length: 4, href: "//127.0.0.2:9/x" }, "1:0") + end));

  await assert.rejects(all(new BlueEdge({ server: server.address, headers: { authorization: "Bearer t" } }).listen("s", "A")), { code: "not-blueedge" });
});

test("An event that is cut within is asked for again", async () => {
  await using server = await ScriptedServer.start(stream('event: item\nid: 1:0\ndata: {"offset":0,"val\n\n'), stream(item(0, "a") + end));

  assert.deepEqual(told(await all(new BlueEdge({ server: server.address }).listen("s", "A"))), ["1:0=a", "end"]);
  assert.equal(server.requests[1]?.headers["last-event-id"], undefined);
});

test("Nothing is taken from the network before it is asked for", async () => {
  // The body is read piece by piece, and each piece is one item: so many pieces as items, and never one more.
  let pulled = 0;
  const text = new TextEncoder();
  const body = () => new ReadableStream<Uint8Array>({ pull: controller => controller.enqueue(text.encode(item(pulled, pulled++))) }, { highWaterMark: 0 });
  const client = new BlueEdge({ server: "http://blueedge.test", fetch: async () => new Response(body(), { headers: { "content-type": "text/event-stream" } }) });
  let taken = 0;

  for await (const message of client.listen("s", "A")) {
    assert.equal(message.type, "item");
    assert.equal(pulled, ++taken);
    await new Promise(resolve => setTimeout(resolve, 1));
    assert.equal(pulled, taken, "read ahead while the application was busy");
    if (taken === 100) {
      break;
    }
  }
});

test("A slow application holds a server up that has much to say, and memory stays", async () => {
  const megabyte = "x".repeat(1024 * 1024);
  let written = 0;
  let isHeldUp = false;
  const closed = settled();
  await using server = await ScriptedServer.start(async answer => {
    answer.on("close", closed.resolve);
    answer.writeHead(200, { "content-type": "text/event-stream" });
    for (; written < 1000 && !answer.destroyed; written++) {
      if (!answer.write(item(written, megabyte))) {
        isHeldUp = true;
        await Promise.race([new Promise(resolve => answer.once("drain", resolve)), closed.promise]);
        isHeldUp = false;
      }
    }
  });

  const before = process.memoryUsage.rss();
  let taken = 0;
  for await (const _ of new BlueEdge({ server: server.address }).listen("s", "A")) {
    if (++taken === 3) {
      break;
    }

    // The application does something else until the server is stuck for a while.
    for (let held = 0, last = -1; held < 20; held = isHeldUp && written === last ? held + 1 : 0) {
      last = written;
      await new Promise(resolve => setTimeout(resolve, 10));
    }

    assert.ok(written - taken < 24, `${written} MB were sent of which ${taken} were taken`);
    assert.ok(process.memoryUsage.rss() - before < 150 * 1024 * 1024, "memory grew");
  }

  await until(() => written < 1000, "the server to be held up");
  await closed.promise;
});

test("A channel that cannot be listened to is told with its reason", async () => {
  await using server = await ScriptedServer.start(error(404, "Submit it with interested.", { errors: [{ pointer: "/channel", code: "unknown-channel", message: "…" }] }), data({}));

  await assert.rejects(all(new BlueEdge({ server: server.address }).listen("s", "B")), { status: 404, code: "unknown-channel" });
});
