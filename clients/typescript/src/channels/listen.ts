import type { Api } from "../http/api.js";
import type { CallOptions } from "../options.js";
import { follow } from "../resuming/follow.js";
import type { EndMessage, GapMessage } from "../sessions/events.js";
import type { Transport } from "../transport.js";
import { Item, type ItemData } from "./item.js";

/** The session runs again: what is written now takes the place of all that came before. */
export interface AttemptMessage {
  readonly type: "attempt";
  readonly attempt: number;
  readonly former: number;
}

export type ChannelMessage<T = unknown> = Item<T> | GapMessage | AttemptMessage | EndMessage;

export interface ListenOptions extends CallOptions {
  /** The `cursor` of the item to begin behind; the first item unless given. */
  readonly after?: string;
}

/** What is written to a channel, to the session's end. An item comes once in an attempt; one that is missing is told as a gap. */
export async function* listenTo<T>(api: Api, transport: Transport, sessionId: string, channel: string, options: ListenOptions): AsyncGenerator<ChannelMessage<T>, void, undefined> {
  // The item that comes next; unknown where the listener begins behind one, and behind a gap.
  let next = options.after === undefined ? 0 : -1;
  let attempt = options.after === undefined ? undefined : Number.parseInt(options.after, 10);
  for await (const frame of follow(transport, { sessionId, channel }, options.after, api.patience, options.signal)) {
    if (!frame.data) {
      continue;
    }

    if (frame.type === "item") {
      const item = new Item<T>(api, channel, frame.cursor, frame.data as ItemData);
      if (attempt !== undefined && attempt !== item.attempt) {
        yield { type: "attempt", attempt: item.attempt, former: attempt };
        next = 0;
      }

      attempt = item.attempt;
      if (next >= 0 && item.offset < next) {
        continue;
      }

      if (next >= 0 && item.offset > next) {
        yield { type: "gap", missed: item.offset - next };
      }

      next = item.offset + 1;
      yield item;
    } else if (frame.type === "attempt") {
      const told = { ...frame.data, type: "attempt" } as AttemptMessage;
      attempt = told.attempt;
      next = 0;
      yield told;
    } else if (frame.type === "gap") {
      next = -1;
      yield { ...frame.data, type: "gap" } as GapMessage;
    } else if (frame.type === "end") {
      yield { ...frame.data, type: "end" } as EndMessage;
    }
  }
}
