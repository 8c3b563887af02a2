import { BlueEdgeError } from "../errors.js";

/** A signal of its own, which fires with another one, and by itself unless it is put off in time. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #pass = () => this.#controller.abort(this.#outer?.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer;
    outer?.throwIfAborted();
    outer?.addEventListener("abort", this.#pass);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Fires in so many seconds; `undefined` never. The former time does not count any more. */
  within(seconds: number | undefined): void {
    clearTimeout(this.#timer);
    if (seconds !== undefined) {
      const late = () => this.#controller.abort(new BlueEdgeError(`Nothing came from the server for ${seconds} s.`, { code: "timeout", retryable: true }));
      this.#timer = setTimeout(late, seconds * 1000);
    }
  }

  /** What to throw for an error of the request: the signal's reason where that is why it ended. */
  explain(error: unknown, code: string): unknown {
    return this.signal.aborted || error instanceof BlueEdgeError
      ? (this.signal.reason ?? error)
      : new BlueEdgeError(`The server cannot be reached, or the connection broke: ${error instanceof Error ? error.message : error}`, { code, retryable: true, cause: error });
  }

  /** Lets go of the timer and the other signal. */
  release(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#pass);
  }

  /** Ends what still runs of the request. */
  cancel(): void {
    this.release();
    this.#controller.abort();
  }
}
