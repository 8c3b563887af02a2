import { follow } from "../resuming/follow.js";
import type { Transport } from "../transport.js";
import type { CallOptions } from "../options.js";
import type { Process, SessionStatus } from "./session.js";

/** Where a session stands: at the begin, after a reconnect where that changed, and while it waits. */
export interface StatusMessage {
  readonly type: "status";
  readonly sessionId: string;
  readonly process: Process;
}

/** Events or items were dropped before they could be told. */
export interface GapMessage {
  readonly type: "gap";
  /** How many; left out where nobody knows any more. */
  readonly missed?: number;
}

/** The session has ended; the last that is told. */
export interface EndMessage {
  readonly type: "end";
  readonly sessionId: string;
  /** How; left out where its retention is over. */
  readonly process?: Process;
}

/** Something that happened to a session. Members that say nothing of it are left out. */
export interface SessionEvent {
  readonly type: "sessionStatusChanged" | "nodeStatusChanged" | "attemptBegan" | "engineEvent";
  /** Counts the session's events from 1: what to pass as `after`. */
  readonly number: number;
  /** When it happened, ISO 8601. */
  readonly at: string;
  readonly attempt: number;
  readonly node?: string;
  readonly status?: SessionStatus | "waiting" | "preparing" | "ready";
  readonly previous?: SessionStatus | "waiting" | "preparing" | "ready";
  readonly instance?: string;
  readonly reason?: string;
  /** The type of what an engine said on its Status output, and what it said. */
  readonly eventType?: string;
  readonly event?: unknown;
  /** How long that is in bytes, where it is more than 16 KB and left out. */
  readonly eventBytes?: number;
}

export type SessionMessage = StatusMessage | SessionEvent | GapMessage | EndMessage;

export interface EventsOptions extends CallOptions {
  /** The number of the event to begin behind; 0, the begin, unless given. */
  readonly after?: number;
}

/** What happens to a session, to its end. A status that was just told is not told again by a new connection. */
export async function* followEvents(transport: Transport, sessionId: string, patience: number, options: EventsOptions): AsyncGenerator<SessionMessage, void, undefined> {
  let told = "";
  for await (const frame of follow(transport, { sessionId }, options.after ? String(options.after) : undefined, patience, options.signal)) {
    if (!frame.data) {
      continue;
    }

    const message = { ...frame.data, type: frame.type } as SessionMessage;
    if (message.type === "status") {
      const text = JSON.stringify(message);
      if (text === told) {
        continue;
      }

      told = text;
    }

    yield message;
  }
}
