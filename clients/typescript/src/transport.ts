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

  /**
   * Delivers items that `fit`, numbered from `sequence` on. They are acknowledged once it resolves, with the number that the channel wants of
   * this writer next; what the channel has of them already is not doubled. None say that the writer is there.
   */
  deliver(address: WriterAddress, sequence: number, items: readonly OutgoingItem[], signal: AbortSignal | undefined): Promise<number>;

  /** Ends the channel, for all who write it. */
  end(address: WriterAddress, signal: AbortSignal | undefined): Promise<void>;
}
