import assert from "node:assert/strict";
import { test } from "node:test";
import { SseParser, type SseEvent } from "../dist/sse/parser.js";

const text = new TextEncoder();

function parse(...chunks: (string | Uint8Array)[]): SseEvent[] {
  const parser = new SseParser();
  return chunks.flatMap(chunk => [...parser.push(typeof chunk === "string" ? text.encode(chunk) : chunk)]);
}

const data = (...lines: string[]) => lines.map(line => ({ type: "message", data: line }));

test("LF, CRLF and CR end lines, mixed too", () => {
  assert.deepEqual(parse("data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\r\n\ndata: e\n\r\n"), data("a", "b", "c", "d", "e"));
});

test("A line break cut between CR and LF is one", () => {
  assert.deepEqual(parse("data: a\r", "\ndata: b\r", "\n\r", "\ndata: c\n\n"), data("a\nb", "c"));
});

test("A CR at a chunk's end ends the event at once", () => {
  assert.deepEqual(parse("data: a\r\r"), data("a"));
});

test("Comments are passed over, in the midst of an event too", () => {
  assert.deepEqual(parse(":\n\n: hello\ndata: a\n:\ndata: b\n\n:\n\n"), data("a\nb"));
});

test("Data of many lines is put together, and an empty line of it is one", () => {
  assert.deepEqual(parse("data: a\ndata\ndata:\ndata:  b\n\n"), data("a\n\n\n b"));
});

test("An event without data is none, and its type is not the next one's", () => {
  assert.deepEqual(parse("event: x\n\ndata: a\n\nevent: y\ndata: b\n\n"), [...data("a"), { type: "y", data: "b" }]);
});

test("An id counts from its blank line on, without data too, and stays", () => {
  const parser = new SseParser();
  const push = (chunk: string) => [...parser.push(text.encode(chunk))];

  push("id: 1\ndata: a\n");
  assert.equal(parser.lastEventId, "");
  push("\n");
  assert.equal(parser.lastEventId, "1");
  push("data: b\n\n");
  assert.equal(parser.lastEventId, "1");
  assert.deepEqual(push("id: 2\n\n"), []);
  assert.equal(parser.lastEventId, "2");
  push("id: 3\0\ndata: c\n\n");
  assert.equal(parser.lastEventId, "2");
  push("id\ndata: d\n\n");
  assert.equal(parser.lastEventId, "");
});

test("The id is that of the event that was taken, not of one behind it in the same chunk", () => {
  const parser = new SseParser();
  const events = parser.push(text.encode("id: 1\ndata: a\n\nid: 2\ndata: b\n\n"));

  events.next();

  assert.equal(parser.lastEventId, "1");
});

test("retry is read where it is digits", () => {
  const parser = new SseParser();
  assert.deepEqual([...parser.push(text.encode("retry: 500\nretry: 1s\nretry:-1\n\n"))], []);
  assert.equal(parser.retry, 500);
});

test("Unknown fields, and what looks like known ones, are passed over", () => {
  assert.deepEqual(parse("Data: a\n data: b\ndatas: c\nfoo\ndata: d\n\n"), data("d"));
});

test("A byte order mark at the begin is taken off, and only there", () => {
  assert.deepEqual(parse("\uFEFFdata: \uFEFFa\n\n\uFEFFdata: b\n\n"), data("\uFEFFa"));
  assert.deepEqual(parse(Uint8Array.of(0xef), Uint8Array.of(0xbb), text.encode("\uFEFF").slice(2), "data: a\n\n"), data("a"));
});

test("What is not complete at the end is no event", () => {
  assert.deepEqual(parse("data: a\n\ndata: b\n"), data("a"));
});

test("Cut anywhere, a stream says the same", () => {
  const bytes = text.encode("\uFEFFretry: 9\r\n\r\n:\r\revent: größe\r\nid: 1:4\r\ndata: {\"a\":\r\ndata: \"zoë 🦊 語\"}\r\n\r\nid: 7\n\ndata:x\r\rdata: \u{1F600}\n\n");
  const whole = parse(bytes);
  assert.deepEqual(whole, [{ type: "größe", data: "{\"a\":\n\"zoë 🦊 語\"}" }, ...data("x", "\u{1F600}")]);

  for (let first = 0; first <= bytes.length; first++) {
    for (let second = first; second <= bytes.length; second += 7) {
      assert.deepEqual(parse(bytes.slice(0, first), bytes.slice(first, second), bytes.slice(second)), whole, `cut at ${first} and ${second}`);
    }
  }

  assert.deepEqual(parse(...Array.from(bytes, byte => Uint8Array.of(byte))), whole);
});

test("A long line in small pieces is read in time that grows with its length", () => {
  const parser = new SseParser();
  const piece = text.encode("x".repeat(100));
  const began = Date.now();

  let events: SseEvent[] = [...parser.push(text.encode("data: "))];
  for (let count = 0; count < 100_000; count++) {
    events = [...parser.push(piece)];
  }

  events = [...parser.push(text.encode("\n\n"))];
  assert.equal(events[0]?.data.length, 10_000_000);
  assert.ok(Date.now() - began < 5_000, `took ${Date.now() - began} ms`);
});

test("An event that grows without end is refused, and many small ones and comments are not", () => {
  const parser = new SseParser(100);
  for (let count = 0; count < 100; count++) {
    assert.equal([...parser.push(text.encode(`: a comment that is not short\ndata: ${count}\n\n`))].length, 1);
  }

  assert.throws(() => [...parser.push(text.encode(`data: ${"x".repeat(60)}\ndata: ${"x".repeat(60)}\n`))], { code: "event-too-large" });
});
