import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** A request that came, with its body. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly bytes: Buffer;
  readonly at: number;
}

export type Step = (answer: ServerResponse, request: Received) => void | Promise<void>;

/** A server that answers by a script: the first request by the first step, and so on; all further ones by the last. */
export class ScriptedServer implements AsyncDisposable {
  readonly requests: Received[] = [];
  readonly #server = createServer((request, answer) => void this.#answer(request, answer));
  readonly #steps: Step[];

  private constructor(steps: Step[]) {
    this.#steps = steps;
  }

  static async start(...steps: Step[]): Promise<ScriptedServer> {
    const scripted = new ScriptedServer(steps);
    await new Promise<void>(resolve => scripted.#server.listen(0, "127.0.0.1", resolve));
    return scripted;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }

    const url = new URL(request.url ?? "", this.address);
    const bytes = Buffer.concat(chunks);
    const received = { method: request.method ?? "", path: url.pathname, query: url.searchParams, headers: request.headers, body: bytes.toString(), bytes, at: Date.now() };
    this.requests.push(received);
    const step = this.#steps[Math.min(this.requests.length, this.#steps.length) - 1];
    await step?.(answer, received);
  }
}

/** Answers in the API's envelope. */
export function data(value: unknown, status = 200): Step {
  return answer => void answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ status: "success", message: "", data: value }));
}

/** Answers that something is wrong. */
export function error(status: number, message: string, details: object = {}, headers: Record<string, string> = {}): Step {
  return answer => void answer.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify({ status: "error", message, data: { errors: [], ...details } }));
}

/** Cuts the connection without an answer. */
export const cut: Step = answer => void answer.socket?.destroy();

/** Streams events, then ends the answer, cuts the connection, or leaves it open. */
export function stream(text: string, then: "end" | "cut" | "open" = "end"): Step {
  return async answer => {
    answer.writeHead(200, { "content-type": "text/event-stream" });
    answer.write(`retry: 20\n\n${text}`);
    if (then === "end") {
      answer.end();
    } else if (then === "cut") {
      // What was written is to arrive first.
      await pause(50);
      answer.socket?.destroy();
    }
  };
}

/** An event's text. */
export function event(type: string, value: unknown, id?: string | number): string {
  return `event: ${type}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(value)}\n\n`;
}

/** An item of a channel, in an attempt. */
export function item(offset: number, value: unknown, attempt = 1): string {
  return event("item", { offset, value }, `${attempt}:${offset}`);
}

export const processing = { status: "processing", current_position: 0, total_pending: 0, total_queuing: 0, engines: [], submitted_at: "2026-11-24T10:16:33Z", attempt: 1 } as const;
export const finished = { ...processing, status: "finished", ended_at: "2026-11-24T10:16:34Z" } as const;
export const end = event("end", { sessionId: "s", process: finished }, "end");

/** All that an iterator gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const one of items) {
    gathered.push(one);
  }

  return gathered;
}

/** Waits until something holds; fails with what was missing after 10 s. */
export async function until(holds: () => boolean, missing: string): Promise<void> {
  for (const limit = Date.now() + 10_000; !holds(); await pause(5)) {
    if (Date.now() > limit) {
      throw new Error(`Missing after 10 s: ${missing}`);
    }
  }
}

/** A promise, and what settles it. */
export function settled(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>(settle => (resolve = settle));
  return { promise, resolve };
}
