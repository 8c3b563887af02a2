import { BlueEdgeError } from "../errors.js";
import { Retry } from "../resuming/retry.js";
import { SseParser } from "../sse/parser.js";
import type { Frame, OutgoingItem, StreamAddress, Transport, WriterAddress } from "../transport.js";
import type { Api, ApiRequest } from "./api.js";
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
    const all = items.findIndex(item => typeof item.body !== "string" || (bytes += item.size) > deliveryBytes);
    return Math.max(1, all < 0 ? items.length : all);
  }

  async deliver(address: WriterAddress, sequence: number, items: readonly OutgoingItem[], signal: AbortSignal | undefined): Promise<number> {
    const [first] = items;
    const isContent = first !== undefined && typeof first.body !== "string";
    const { nextSequence } = await this.#post(
      `${streamPath(address)}/items`,
      { writer: address.writer, sequence },
      isContent ? { headers: { "content-type": first.mediaType }, body: first.body } : { headers: { "content-type": "application/x-ndjson" }, body: items.map(item => `${item.body as string}\n`).join("") },
      signal,
    );
    return nextSequence ?? sequence + items.length;
  }

  async end(address: WriterAddress, signal: AbortSignal | undefined): Promise<void> {
    await this.#post(`${streamPath(address)}/end`, { writer: address.writer }, {}, signal);
  }

  /** Once: when to send it again is for the writer to know. */
  #post(path: string, query: Record<string, string | number>, content: Pick<ApiRequest, "headers" | "body">, signal: AbortSignal | undefined): Promise<{ nextSequence?: number }> {
    return this.#api.data({ method: "POST", path, query, signal, ...content }, new Retry(-1));
  }
}

function streamPath({ sessionId, channel }: StreamAddress): string {
  const session = `/sessions/${encodeURIComponent(sessionId)}`;
  return channel === undefined ? session : `${session}/channels/${encodeURIComponent(channel)}`;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    // Cut or changed on the way; what comes again is hoped to be whole.
    throw new BlueEdgeError(`An event has what is no JSON: ${data.slice(0, 100)}`, { code: "connection-lost", retryable: true, cause });
  }
}
