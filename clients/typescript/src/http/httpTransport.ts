import { BlueEdgeError } from "../errors.js";
import { Retry } from "../resuming/retry.js";
import { SseParser } from "../sse/parser.js";
import type { Frame, OutgoingItem, StreamAddress, Transport, WriterAddress } from "../transport.js";
import type { Api } from "./api.js";
import { Deadline } from "./deadline.js";

/** The server sends something every 15 s; a connection that is silent for three times that is dead. In seconds. */
const silence = 45;

/** JSON items go together, up to so many bytes. */
const deliveryBytes = 256 * 1024;

/** Streams as server-sent events, items by POST. */
export class HttpTransport implements Transport {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async *frames(address: StreamAddress, after: string | undefined, signal: AbortSignal | undefined, retryMilliseconds: (value: number) => void): AsyncGenerator<Frame, void, undefined> {
    const deadline = new Deadline(signal);
    try {
      deadline.within(silence);
      const headers: Record<string, string> = { accept: "text/event-stream" };
      if (after) {
        headers["last-event-id"] = after;
      }

      const response = await this.#api.send({ path: `${streamPath(address)}/events`, headers, signal }, deadline);
      if (response.status === 204) {
        yield { type: "end", cursor: "end", data: undefined };
        return;
      }

      if (!response.body || !/^text\/event-stream\b/i.test(response.headers.get("content-type") ?? "")) {
        throw new BlueEdgeError("The server does not stream this: it is older than this client, or something between changed its answer.", { status: response.status, code: "not-a-stream" });
      }

      yield { type: "", cursor: "", data: undefined };
      yield* this.#read(response.body.getReader(), deadline, retryMilliseconds);
    } finally {
      deadline.cancel();
    }
  }

  async *#read(reader: ReadableStreamDefaultReader<Uint8Array>, deadline: Deadline, retryMilliseconds: (value: number) => void): AsyncGenerator<Frame, void, undefined> {
    const parser = new SseParser();
    let cursor = "";
    try {
      for (;;) {
        // The time that the application takes for a frame is not the server's silence.
        deadline.within(silence);
        const { done, value } = await reader.read().catch((error: unknown) => {
          throw deadline.explain(error, "connection-lost");
        });
        deadline.within(undefined);
        if (done) {
          return;
        }

        for (const event of parser.push(value)) {
          cursor = parser.lastEventId;
          yield { type: event.type, cursor, data: parsed(event.data) };
        }

        if (cursor !== parser.lastEventId) {
          cursor = parser.lastEventId;
          yield { type: "", cursor, data: undefined };
        }

        if (parser.retry !== undefined) {
          retryMilliseconds(parser.retry);
        }
      }
    } finally {
      reader.cancel().catch(() => {});
    }
  }

  fit(items: readonly OutgoingItem[]): number {
    let bytes = 0;
    const all = items.findIndex(item => !isPlainJson(item) || (bytes += item.size) > deliveryBytes);
    return Math.max(1, all < 0 ? items.length : all);
  }

  async deliver(address: WriterAddress, sequence: number, items: readonly OutgoingItem[], signal: AbortSignal | undefined): Promise<void> {
    const [first] = items;
    const isAlone = items.length === 1 && first !== undefined;
    await this.#post(address, "items", sequence, signal, {
      headers: { "content-type": isAlone ? first.mediaType : "application/x-ndjson" },
      body: isAlone ? first.body : items.map(item => `${String(item.body)}\n`).join(""),
    });
  }

  async end(address: WriterAddress, sequence: number, signal: AbortSignal | undefined): Promise<void> {
    await this.#post(address, "end", sequence, signal, {});
  }

  /** Once: what failed is sent again by who knows the order. */
  async #post(address: WriterAddress, what: string, sequence: number, signal: AbortSignal | undefined, content: { headers?: Record<string, string>; body?: BodyInit }): Promise<void> {
    await this.#api.call(
      { method: "POST", path: `${streamPath(address)}/${what}`, query: { writer: address.writer, sequence }, signal, ...content },
      response => response.arrayBuffer(),
      new Retry(-1),
    );
  }
}

function streamPath({ sessionId, channel }: StreamAddress): string {
  const session = `/sessions/${encodeURIComponent(sessionId)}`;
  return channel === undefined ? session : `${session}/channels/${encodeURIComponent(channel)}`;
}

function isPlainJson(item: OutgoingItem): boolean {
  return typeof item.body === "string" && item.key === undefined && !item.tags && !item.attributes;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    // Cut or changed on the way; what comes again is hoped to be whole.
    throw new BlueEdgeError(`An event has what is no JSON: ${data.slice(0, 100)}`, { code: "connection-lost", retryable: true, cause });
  }
}
