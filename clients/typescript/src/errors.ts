/** One thing that is wrong with a request. */
export interface Fault {
  /** A JSON pointer into the body, `?name` for a query parameter, or the name of a header. */
  readonly pointer: string;
  /** What it is, for programs: `unknown-engine`. */
  readonly code: string;
  /** What it is, for people. */
  readonly message: string;
}

/** What a `BlueEdgeError` is made of besides its message. */
export interface ErrorDetails {
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly faults?: readonly Fault[] | undefined;
  readonly furtherFaults?: number | undefined;
  readonly retryable?: boolean | undefined;
  readonly retryAfter?: number | undefined;
  readonly sessionId?: string | undefined;
  readonly nextSequence?: number | undefined;
  readonly traceId?: string | undefined;
  readonly cause?: unknown;
}

/** All that goes wrong with the server, and on the way to it. What a caller aborts throws the signal's reason instead. */
export class BlueEdgeError extends Error {
  override readonly name = "BlueEdgeError";

  /** The HTTP status of the answer; 0 where there was none. */
  readonly status: number;

  /**
   * What it is, for programs: the first fault's code, or one of the client's own: `unreachable`, `timeout`, `connection-lost`,
   * `not-a-stream`, `not-blueedge`, `event-too-large`, `attempt-changed`, `content-changed`, `window-full`, `writer-ended`,
   * `writer-taken`; else empty.
   */
  readonly code: string;

  /** What is wrong with the request, each with its place; empty where the request is not to blame. */
  readonly faults: readonly Fault[];

  /** How many faults there are besides. */
  readonly furtherFaults: number;

  /** Whether the same may work later. The client has then tried for its `patience` already. */
  readonly retryable: boolean;

  /** In how many seconds the server wants to be asked again, where it said so. */
  readonly retryAfter: number | undefined;

  /** A session that is accepted, or may be yet, all the same: read it to know. */
  readonly sessionId: string | undefined;

  /** The number that a channel wants of the writer next, where it is another than it got. */
  readonly nextSequence: number | undefined;

  /** The trace to look for in the server's log. */
  readonly traceId: string | undefined;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.status = details.status ?? 0;
    this.faults = details.faults ?? [];
    this.code = details.code ?? this.faults[0]?.code ?? "";
    this.furtherFaults = details.furtherFaults ?? 0;
    this.retryable = details.retryable ?? false;
    this.retryAfter = details.retryAfter;
    this.sessionId = details.sessionId;
    this.nextSequence = details.nextSequence;
    this.traceId = details.traceId;
  }
}
