/** What a stream is of: a session's own events, or one of its channels. */
export interface StreamAddress {
  readonly sessionId: string;
  readonly channel?: string;
}

/** Something that a stream says. */
export interface Frame {
  /** `item`, `gap`, `attempt`, `end`, `status`, or a session event's type; empty where only the connection stands, or the cursor moved. */
  readonly type: string;
  /** The cursor behind it; empty where none is known yet. */
  readonly cursor: string;
  readonly data: unknown;
}

/** An item on its way to a channel. */
export interface OutgoingItem {
  /** Its content: JSON as text, all else as bytes. */
  readonly body: string | Uint8Array<ArrayBuffer> | Blob;
  readonly mediaType: string;
  /** About how long it is, in bytes. */
  readonly size: number;
  readonly key: string | undefined;
  readonly tags: readonly string[] | undefined;
  readonly attributes: Readonly<Record<string, unknown>> | undefined;
}

/** Who writes a channel. */
export interface WriterAddress {
  readonly sessionId: string;
  readonly channel: string;
  readonly writer: string;
}

/**
 * How streams and items travel: each call is one try over one connection. When to try again, and where to go on, is above it
 * (`follow`, `Writer`), so that another transport needs nothing of that.
 */
export interface Transport {
  /**
   * What a stream says behind a cursor, until its connection ends, after `end` or before. It takes from the network only what is asked of
   * it. `retryMilliseconds` is told where the server says how long to wait before coming back.
   */
  frames(address: StreamAddress, after: string | undefined, signal: AbortSignal | undefined, retryMilliseconds: (value: number) => void): AsyncGenerator<Frame, void, undefined>;

  /** How many of these items, from the first on, one delivery takes: at least one. */
  fit(items: readonly OutgoingItem[]): number;

  /** Delivers items that `fit`, numbered from `sequence` on; they are acknowledged once it resolves. What was delivered before is not doubled. */
  deliver(address: WriterAddress, sequence: number, items: readonly OutgoingItem[], signal: AbortSignal | undefined): Promise<void>;

  /** Says that a writer has sent all, up to before `sequence`. */
  end(address: WriterAddress, sequence: number, signal: AbortSignal | undefined): Promise<void>;
}
