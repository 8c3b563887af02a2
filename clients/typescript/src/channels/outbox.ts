import { BlueEdgeError } from "../errors.js";
import type { OutgoingItem } from "../transport.js";

interface Sender {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Items that are not acknowledged, in their order, and who waits for that: so many at most, and none more once they have so many bytes. */
export class Outbox {
  #items: OutgoingItem[] = [];
  #senders: Sender[] = [];
  #bytes = 0;

  constructor(
    readonly window: number,
    readonly windowBytes: number,
  ) {}

  get items(): readonly OutgoingItem[] {
    return this.#items;
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  get hasRoom(): boolean {
    return this.#items.length < this.window && this.#bytes < this.windowBytes;
  }

  /** Resolves when it is acknowledged. */
  add(item: OutgoingItem): Promise<void> {
    if (!this.hasRoom) {
      throw new BlueEdgeError(`${this.#items.length} items of ${this.#bytes} bytes are not acknowledged yet; wait for ready().`, { code: "window-full", retryable: true });
    }

    this.#items.push(item);
    this.#bytes += item.size;
    return new Promise((resolve, reject) => this.#senders.push({ resolve, reject }));
  }

  /** The first so many are with the server. */
  acknowledge(count: number): void {
    for (const item of this.#items.splice(0, count)) {
      this.#bytes -= item.size;
      this.#senders.shift()?.resolve();
    }
  }

  reject(reason: unknown): void {
    this.#items = [];
    this.#bytes = 0;
    for (const sender of this.#senders.splice(0)) {
      sender.reject(reason);
    }
  }
}
