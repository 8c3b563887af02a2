import assert from "node:assert/strict";
import { test } from "node:test";
import { BlueEdge, BlueEdgeError, Item, type SessionSpec } from "blueedge-client";
import { all } from "./scripted.js";

// Against a BlueEdge that runs, with the sample engines: BLUEEDGE_SERVER=http://127.0.0.1:5080.
const server = process.env["BLUEEDGE_SERVER"];
const skip = server === undefined && "no BLUEEDGE_SERVER";
const client = new BlueEdge({ server: server ?? "http://127.0.0.1:5080", patience: 10 });

const relays: SessionSpec = {
  dataChannels: [{ name: "In put", type: "JSON" }, { name: "Between", type: "JSON" }, { name: "Fi/nal", type: "JSON", interested: true }],
  engines: [
    { id: "relay", name: "one", inputs: [{ name: "In", linkTo: "In put" }], outputs: [{ name: "Out", linkTo: "Between" }] },
    { id: "relay", name: "two", inputs: [{ name: "In", linkTo: "Between" }], outputs: [{ name: "Out", linkTo: "Fi/nal" }] },
  ],
  startData: Array.from({ length: 5 }, (_, n) => ({ channelName: "In put", payload: { n, word: "größe 🦊" }, key: `k${n}` })),
  events: true,
};

test("One engine runs, and answers with its result", { skip }, async () => {
  const session = await client.runEngine({ engineId: "hello", inputs: { Control: { type: "JSON", payload: { name: "Ada" } } }, outputs: { Result: { type: "JSON", interested: true } } }, { wait: 20 });

  assert.equal(session.status, "finished");
  assert.deepEqual(session.results["Result"], [{ greeting: "Hello, Ada!" }]);
});

test("A workflow's events, items and results are all there, in order", { skip }, async () => {
  const { id } = await client.submit(relays);

  const [events, messages, ended] = await Promise.all([all(client.events(id)), all(client.listen<{ n: number }>(id, "Fi/nal")), client.wait(id, { atMost: 60 })]);
  const numbers = events.flatMap(event => ("number" in event ? [event.number] : []));
  const items = messages.filter(message => message instanceof Item);
  const results = await all(client.results<{ n: number }>(id, "Fi/nal", { pageSize: 2 }));

  assert.equal(ended.status, "finished");
  assert.deepEqual(numbers, numbers.map((_, place) => place + 1));
  assert.ok(events.some(event => event.type === "sessionStatusChanged" && event.status === "finished"));
  assert.deepEqual([events[0]?.type, events.at(-1)?.type, messages.at(-1)?.type], ["status", "end", "end"]);
  assert.deepEqual(items.map(item => [item.value?.n, item.key, item.cursor]), [0, 1, 2, 3, 4].map(n => [n, `k${n}`, `1:${n}`]));
  assert.deepEqual(results.map(item => item.value), items.map(item => item.value));
  assert.deepEqual((await all(client.listen(id, "Fi/nal", { after: "1:2" }))).map(message => (message instanceof Item ? message.offset : message.type)), [3, 4, "end"]);
  assert.deepEqual((await all(client.events(id, { after: 2 }))).flatMap(event => ("number" in event ? [event.number] : [])), numbers.slice(2));
});

test("The same key is the same session, and another spec under it is refused", { skip }, async () => {
  const idempotencyKey = `test-${crypto.randomUUID()}`;

  const [first, second] = await Promise.all([client.submit(relays, { idempotencyKey }), client.submit(relays, { idempotencyKey, wait: 20 })]);

  assert.equal(first.id, second.id);
  await assert.rejects(client.submit({ ...relays, rank: 1 }, { idempotencyKey }), { status: 422 });
});

test("All faults are told with their places", { skip }, async () => {
  await assert.rejects(client.submit({ engines: [{ id: "relai", inputs: [{ name: "In", linkTo: "None" }] }] }), (error: unknown) => {
    assert.ok(error instanceof BlueEdgeError);
    assert.equal(error.status, 400);
    assert.ok(error.faults.some(fault => fault.pointer === "/engines/0/id" && fault.code === "unknown-engine"));
    return true;
  });
  await assert.rejects(client.get("0".repeat(32)), { status: 404 });
  await assert.rejects(all(client.listen("0".repeat(32), "A")), { status: 404 });
});

test("Bytes are fetched from where the server says", { skip }, async () => {
  const content = Uint8Array.from({ length: 300_000 }, (_, place) => place % 251);
  const { id } = await client.submit({
    dataChannels: [{ name: "File", type: "File", interested: true }, { name: "Control", type: "JSON" }],
    engines: [{ id: "hello", inputs: [{ name: "Control", linkTo: "Control" }] }],
    startData: [{ channelName: "File", payload: { mediaType: "application/x-test", data: Buffer.from(content).toString("base64") } }, { channelName: "Control", payload: { name: "Ada" } }],
  });

  const [item] = await all(client.listen(id, "File"));

  assert.ok(item instanceof Item);
  assert.deepEqual([item.mediaType, item.length, item.value], ["application/x-test", content.length, undefined]);
  assert.deepEqual(await item.bytes(), content);
});

test("A session that is stopped ends as canceled, and its listeners are told", { skip }, async () => {
  const { id } = await client.runEngine({ engineId: "delay", inputs: { Control: { type: "JSON", payload: { seconds: 60 } } }, outputs: { Result: { type: "JSON", interested: true } } });
  const listening = all(client.listen(id, "Result"));

  const session = await client.stop(id, { wait: 40 });

  assert.equal(session.status, "canceled");
  const end = (await listening).at(-1);
  assert.ok(end?.type === "end" && end.process?.status === "canceled");
});

test("What is written to a channel comes out of the session's other end", { skip }, async () => {
  const { id, channels } = await client.submit({
    ...relays,
    dataChannels: [{ name: "In put", type: "JSON", external: "in" }, ...(relays.dataChannels ?? []).slice(1)],
    startData: [],
  });
  assert.equal(channels["In put"]?.direction, "in");
  const listening = all(client.listen<number>(id, "Fi/nal"));
  const writer = client.write(id, "In put");

  await writer.sendAll(Array.from({ length: 500 }, (_, n) => n));
  await writer.end();

  const messages = await listening;
  assert.deepEqual(messages.flatMap(message => (message instanceof Item ? [message.value] : [])), Array.from({ length: 500 }, (_, n) => n));
  assert.equal(messages.at(-1)?.type, "end");
  await assert.rejects(client.write(id, "In put").send(1), { status: 410 });
});
