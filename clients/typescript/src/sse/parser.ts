import { BlueEdgeError } from "../errors.js";

/** A server-sent event. */
export interface SseEvent {
  /** Its `event` field; `message` where it has none. */
  readonly type: string;
  /** Its `data` lines, with line feeds between them. */
  readonly data: string;
}

/**
 * Parses server-sent events (WHATWG HTML, 9.2.6) as bytes come in. It holds no more than one event, and looks at each character once.
 * An event that is not complete at the end of the stream is none.
 */
export class SseParser {
  // Takes a byte order mark off the stream's begin, and puts characters together that chunks cut.
  readonly #decoder = new TextDecoder();
  readonly #most: number;
  #line = "";
  #length = 0;
  #afterCarriageReturn = false;
  #type = "";
  #data: string[] = [];
  #id = "";

  /** The last event's id: what to go on behind. It counts from the blank line on, with data or without. */
  lastEventId = "";

  /** The server's `retry` field: how many milliseconds to wait before coming back. */
  retry: number | undefined;

  /** @param most The characters that an event may have; more throws `event-too-large`. 64 Mi unless given. */
  constructor(most = 64 * 1024 * 1024) {
    this.#most = most;
  }

  /** The events that a chunk completes. Each is parsed when it is asked for: take them all before the next chunk. */
  *push(chunk: Uint8Array): Generator<SseEvent, void, undefined> {
    const text = this.#decoder.decode(chunk, { stream: true });
    const end = /[\r\n]/g;
    let from = 0;
    if (this.#afterCarriageReturn && text.length > 0) {
      this.#afterCarriageReturn = false;
      from = text[0] === "\n" ? 1 : 0;
    }

    for (;;) {
      end.lastIndex = from;
      const found = end.exec(text);
      const piece = text.slice(from, found?.index);
      this.#length += piece.length;
      if (this.#length > this.#most) {
        throw new BlueEdgeError(`An event has more than ${this.#most} characters.`, { code: "event-too-large" });
      }

      if (!found) {
        this.#line += piece;
        return;
      }

      const line = this.#line + piece;
      this.#line = "";
      from = found.index + 1;
      if (found[0] === "\r") {
        this.#afterCarriageReturn = from === text.length;
        from += text[from] === "\n" ? 1 : 0;
      }

      const event = line === "" ? this.#dispatch() : this.#read(line);
      if (event) {
        yield event;
      }
    }
  }

  #read(line: string): undefined {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "data") {
      this.#data.push(value);
    } else if (field === "event") {
      this.#type = value;
    } else if (field === "id" && !value.includes("\0")) {
      this.#id = value;
    } else if (field === "retry" && /^\d+$/.test(value)) {
      this.retry = Number(value);
    }

    if (field === "") {
      // A comment is no part of an event.
      this.#length -= line.length;
    }
  }

  #dispatch(): SseEvent | undefined {
    this.lastEventId = this.#id;
    const event = this.#data.length > 0 ? { type: this.#type || "message", data: this.#data.join("\n") } : undefined;
    this.#type = "";
    this.#data = [];
    this.#length = 0;
    return event;
  }
}
