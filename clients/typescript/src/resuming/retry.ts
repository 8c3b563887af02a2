import { BlueEdgeError } from "../errors.js";
import { sleep } from "./sleep.js";

const longest = 5_000;

/**
 * Says whether and when to try again. Waits grow from 0.25 s to 5 s, each shortened by up to half by chance, so that clients that lost one
 * server do not come back together; `Retry-After` makes them longer.
 */
export class Retry {
  #failures = 0;
  #since = 0;

  /** The first wait, in milliseconds; a server's `retry` field overrules it. */
  first = 250;

  /** @param patience For how many seconds failures in a row are borne. */
  constructor(readonly patience: number) {}

  /** It works: what fails next is the first failure. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** Waits before the next try; throws the failure where it will not pass, or not in time. */
  async failed(failure: unknown, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!(failure instanceof BlueEdgeError && failure.retryable)) {
      throw failure;
    }

    const now = Date.now();
    if (this.#failures++ === 0) {
      this.#since = now;
    }

    const step = Math.min(longest, this.first * 2 ** Math.min(this.#failures - 1, 10));
    const wait = Math.max(step * (1 - Math.random() / 2), (failure.retryAfter ?? 0) * 1000 + Math.random() * this.first);
    if (now + wait - this.#since > this.patience * 1000) {
      throw failure;
    }

    await sleep(wait, signal);
  }
}
