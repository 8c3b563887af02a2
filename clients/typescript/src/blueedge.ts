import { listenTo, type ChannelMessage, type ListenOptions } from "./channels/listen.js";
import { readResults, type ResultsOptions } from "./channels/results.js";
import type { Item } from "./channels/item.js";
import { Writer, type WriterOptions } from "./channels/writer.js";
import { Api } from "./http/api.js";
import { HttpTransport } from "./http/httpTransport.js";
import { newId } from "./identifiers.js";
import type { BlueEdgeOptions, CallOptions } from "./options.js";
import { sleep } from "./resuming/sleep.js";
import { followEvents, type EventsOptions, type SessionMessage } from "./sessions/events.js";
import { sessionOf, type Session, type SessionData } from "./sessions/session.js";
import type { EngineSpec, SessionSpec } from "./sessions/spec.js";
import type { Transport } from "./transport.js";

export interface SubmitOptions extends CallOptions {
  /**
   * 1 to 255 visible ASCII characters: the same key and spec give the same session, also where a submission is sent again by another process.
   * A new one unless given, with which the client itself sends again what was lost on the way.
   */
  readonly idempotencyKey?: string;

  /** How many seconds to wait for the session's end; 0, answer at once, unless given. */
  readonly wait?: number;
}

export interface WaitOptions extends CallOptions {
  /** How many seconds at most; for as long as it takes unless given. */
  readonly atMost?: number;
}

export interface StopOptions extends CallOptions {
  /** How many seconds to wait for its end; 60 unless given. */
  readonly wait?: number;
}

/** One turn of a wait, in seconds: what lies between often cuts connections that are silent for a minute. */
const turn = 50;

/**
 * A BlueEdge server. All calls throw `BlueEdgeError`, or the reason of the signal they were given; what fails in passing is tried again
 * for as long as `patience` says, and none of it happens twice.
 */
export class BlueEdge {
  readonly #api: Api;
  readonly #transport: Transport;

  constructor(options: BlueEdgeOptions = {}) {
    this.#api = new Api(options);
    this.#transport = new HttpTransport(this.#api);
  }

  /** Runs a DAG of engines. Faults of the spec are `faults` of the error, each with its place; nothing is created then. */
  submit(spec: SessionSpec, options: SubmitOptions = {}): Promise<Session> {
    return this.#submit("/process-workflow", spec, options);
  }

  /** Runs one engine; otherwise as `submit`. */
  runEngine(spec: EngineSpec, options: SubmitOptions = {}): Promise<Session> {
    return this.#submit("/process-single-engine", spec, options);
  }

  /** Reads a session and its results so far. Status 404 says that there is none, or none any more. */
  get(id: string, options: CallOptions = {}): Promise<Session> {
    return this.#read(id, {}, options);
  }

  /** Waits for a session's end, whichever it is, or for `atMost`; resolves with how it stands then. */
  async wait(id: string, options: WaitOptions = {}): Promise<Session> {
    const until = Date.now() + (options.atMost ?? Infinity) * 1000;
    for (let pause = 1; ; pause = Math.min(2 * pause, turn)) {
      const left = Math.max(0, (until - Date.now()) / 1000);
      const began = Date.now();
      const session = await this.#read(id, { waitTimeSecond: Math.min(left, turn), limit: 1 }, options);
      if (session.ended || Date.now() >= until) {
        return this.get(id, options);
      }

      if (Date.now() - began < 1000) {
        // Too many callers wait already; the server answers at once.
        await sleep(Math.min(pause * 1000, Math.max(0, until - Date.now())), options.signal);
      } else {
        pause = 1;
      }
    }
  }

  /** Stops a session, which ends as `canceled`; one that has ended stays as it is. */
  async stop(id: string, options: StopOptions = {}): Promise<Session> {
    const wait = options.wait ?? 60;
    return sessionOf(await this.#api.data<SessionData>({ method: "POST", path: `${pathOf(id)}/stop`, query: { waitTimeSecond: wait }, wait, signal: options.signal }));
  }

  /**
   * The items that an interested channel has so far, in order. Throws `attempt-changed` where the session begins to run again meanwhile.
   * `listen` goes on to the session's end.
   */
  results<T = unknown>(id: string, channel: string, options: ResultsOptions = {}): AsyncGenerator<Item<T>, void, undefined> {
    return readResults<T>(this.#api, id, channel, options);
  }

  /**
   * What happens to a session, as it happens, to its end (`end`), over any number of connections: first where it stands (`status`), then its
   * events from `after` on, each once. Of a session that was submitted without `events: true` come `status` and `end` only.
   */
  events(id: string, options: EventsOptions = {}): AsyncGenerator<SessionMessage, void, undefined> {
    return followEvents(this.#transport, id, this.#api.patience, options);
  }

  /**
   * What is written to a channel that engines write, or that says `interested`, as it is written, to the session's end (`end`), over any number of
   * connections: each `item` once; a `gap` where some can be told no more, and an `attempt` where the session runs again and writes its items anew. Nothing is read from the
   * network before it is asked for: who takes long for an item holds the server up, not memory.
   */
  listen<T = unknown>(id: string, channel: string, options: ListenOptions = {}): AsyncGenerator<ChannelMessage<T>, void, undefined> {
    return listenTo<T>(this.#api, this.#transport, id, channel, options);
  }

  /** Writes a channel that says `external: "in"`. Nothing is sent yet, but that it is there; end the writer, or the session waits for more. */
  write(id: string, channel: string, options: WriterOptions = {}): Writer {
    return new Writer(this.#transport, { sessionId: id, channel, writer: options.writer ?? newId() }, this.#api.patience, options);
  }

  async #submit(path: string, spec: SessionSpec | EngineSpec, options: SubmitOptions): Promise<Session> {
    const wait = options.wait ?? 0;
    return sessionOf(
      await this.#api.data<SessionData>({
        method: "POST",
        path,
        headers: { "content-type": "application/json", "idempotency-key": options.idempotencyKey ?? newId() },
        body: JSON.stringify({ ...spec, waitTimeSecond: wait }),
        wait,
        signal: options.signal,
      }),
    );
  }

  async #read(id: string, query: { waitTimeSecond?: number; limit?: number }, options: CallOptions): Promise<Session> {
    return sessionOf(await this.#api.data<SessionData>({ path: pathOf(id), query, wait: query.waitTimeSecond, signal: options.signal }));
  }
}

/** Sessions of either kind are read there. */
function pathOf(id: string): string {
  return `/process-workflow/${encodeURIComponent(id)}`;
}
