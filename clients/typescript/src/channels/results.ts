import { BlueEdgeError } from "../errors.js";
import type { Api } from "../http/api.js";
import type { CallOptions } from "../options.js";
import type { SessionData } from "../sessions/session.js";
import { Item, type ItemData } from "./item.js";

export interface ResultsOptions extends CallOptions {
  /** The offset of the first item; 0 unless given. */
  readonly offset?: number;
  /** How many items one request reads, 1 to 100,000; 500 unless given. So many are in memory at once, up to about 16 MB of content. */
  readonly pageSize?: number;
}

/** The items that a channel has so far, page by page. */
export async function* readResults<T>(api: Api, sessionId: string, channel: string, options: ResultsOptions): AsyncGenerator<Item<T>, void, undefined> {
  let attempt: number | undefined;
  for (let offset: number | null = options.offset ?? 0; offset !== null; ) {
    const page: SessionData = await api.data<SessionData>({
      path: `/process-workflow/${encodeURIComponent(sessionId)}`,
      query: { channel, envelope: true, offset, limit: options.pageSize ?? 500 },
      signal: options.signal,
    });
    attempt ??= page.process.attempt;
    if (attempt !== page.process.attempt) {
      throw new BlueEdgeError(`Session '${sessionId}' runs again, attempt ${page.process.attempt}: read the results of '${channel}' from the begin.`, { code: "attempt-changed", retryable: true });
    }

    for (const data of (page.results?.[channel] ?? []) as readonly ItemData[]) {
      yield new Item<T>(api, channel, `${attempt}:${data.offset}`, data);
    }

    offset = page.paging?.[channel]?.next ?? null;
  }
}
