import { BlueEdgeError } from "../errors.js";
import type { CallOptions } from "../options.js";
import { Retry } from "../resuming/retry.js";
import { Signal } from "../resuming/signal.js";
import type { Transport, WriterAddress } from "../transport.js";
import { outgoing } from "./outgoing.js";
import { Outbox } from "./outbox.js";

export interface WriterOptions extends CallOptions {
  /** Who writes: a name of 1 to 64 characters that nobody else writes the channel by; a new one unless given. */
  readonly writer?: string;

  /** The number of the first item: `sequence` of the writer that this one goes on for; 0 unless given. */
  readonly sequence?: number;

  /** How many items may be unacknowledged at once; 64 unless given. */
  readonly window?: number;

  /**
   * After how many silent seconds the session is told that its writer is there; 20 unless given, 0 never.
   */
  readonly keepAlive?: number;

  /** About how many bytes they may have together, beside the last of them; 16 Mi unless given. */
  readonly windowBytes?: number;
}

export interface SendOptions {
  /** What bytes are; the Blob's own type, else `application/octet-stream`, unless given. Means nothing for JSON. */
  readonly mediaType?: string;
}

/**
 * Writes a channel of a session that says `external: "in"`. Items are numbered in the order of `send`, and delivered in it, each once: after a
 * lost connection what was not acknowledged is sent again under the same numbers. Where the server has no room the writer waits for as long as
 * that lasts. An error that does not pass ends the writer: everything that is not acknowledged is rejected with it.
 */
export class Writer {
  readonly #transport: Transport;
  readonly #address: WriterAddress;
  readonly #outbox: Outbox;
  readonly #retry: Retry;
  readonly #signal: AbortSignal | undefined;
  readonly #moved = new Signal();
  readonly #keepAlive: number;
  #sequence: number;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #isSending = false;
  #failure: unknown;
  #ending: Promise<void> | undefined;

  constructor(transport: Transport, address: WriterAddress, patience: number, options: WriterOptions) {
    this.#transport = transport;
    this.#address = address;
    this.#outbox = new Outbox(options.window ?? 64, options.windowBytes ?? 16 * 1024 * 1024);
    this.#retry = new Retry(patience);
    this.#signal = options.signal;
    this.#sequence = options.sequence ?? 0;
    this.#keepAlive = options.keepAlive ?? 20;
    this.#signal?.addEventListener("abort", () => this.#fail(this.#signal?.reason), { once: true });
    if (this.#signal?.aborted) {
      this.#fail(this.#signal.reason);
    }

    this.#awaitSilence();
  }

  /** Who writes. With `sequence`, another writer goes on for this one. */
  get id(): string {
    return this.#address.writer;
  }

  /** The number of the first item that is not acknowledged yet. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Resolves when there is room for another item; rejects where there will be none. */
  async ready(): Promise<void> {
    while (this.#failure === undefined && !this.#outbox.hasRoom) {
      await this.#moved.next();
    }

    this.#throwIfOver();
  }

  /**
   * Sends an item: `Uint8Array`, `ArrayBuffer` and `Blob` as its bytes, anything else as JSON, which on a channel that is not JSON is
   * a payload such as `{blob}` or `{mediaType, data}`. Resolves when the server has stored it. Rejects with `window-full`, and sends nothing,
   * where too many are unacknowledged: wait for one of them, or for `ready`.
   */
  async send(content: unknown, options: SendOptions = {}): Promise<void> {
    this.#throwIfOver();
    if (this.#ending) {
      throw new BlueEdgeError("The writer has ended.", { code: "writer-ended" });
    }

    const sent = this.#outbox.add(outgoing(content, options.mediaType));
    void this.#run();
    await sent;
  }

  /** Sends all of these, as there is room, and resolves when the server has them. */
  async sendAll(items: Iterable<unknown> | AsyncIterable<unknown>, options: SendOptions = {}): Promise<void> {
    let last: Promise<void> | undefined;
    const failures: unknown[] = [];
    for await (const item of items) {
      do {
        // Another may have taken the room meanwhile.
        await this.ready();
      } while (!this.#outbox.hasRoom);

      last = this.send(item, options);
      last.catch((error: unknown) => failures.push(error));
      if (failures.length > 0) {
        break;
      }
    }

    // Acknowledged in order: the last of them, all of them.
    await last?.catch(() => {});
    if (failures.length > 0) {
      throw failures[0];
    }
  }

  /** Ends the channel, for all who write it, once all items are acknowledged. May be called again. */
  end(): Promise<void> {
    clearTimeout(this.#silence);
    return (this.#ending ??= this.#finish());
  }

  async #finish(): Promise<void> {
    while (this.#failure === undefined && (this.#isSending || !this.#outbox.isEmpty)) {
      await this.#moved.next();
    }

    try {
      await this.#persist(() => this.#transport.end(this.#address, this.#signal));
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  /** Delivers what waits, one delivery after another: only so does the order hold over any connections. */
  async #run(): Promise<void> {
    if (this.#isSending) {
      return;
    }

    this.#isSending = true;
    clearTimeout(this.#silence);
    try {
      while (!this.#outbox.isEmpty) {
        const items = this.#outbox.items;
        const some = items.slice(0, this.#transport.fit(items));
        const next = await this.#persist(() => this.#transport.deliver(this.#address, this.#sequence, some, this.#signal));
        this.#sequence += some.length;
        if (next > this.#sequence) {
          throw new BlueEdgeError(`Another wrote as '${this.id}' before: of these items some were taken for its own.`, { code: "writer-taken", nextSequence: next });
        }

        this.#outbox.acknowledge(some.length);
        this.#moved.fire();
      }

      this.#awaitSilence();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isSending = false;
      this.#moved.fire();
    }
  }

  #awaitSilence(): void {
    if (this.#keepAlive > 0 && this.#failure === undefined && !this.#ending) {
      this.#silence = setTimeout(() => void this.#sayPresent(), this.#keepAlive * 1000);

      // Node does not stay for a writer that was forgotten.
      (this.#silence as { unref?: () => void }).unref?.();
    }
  }

  /** Delivers nothing, which says that the writer is there. */
  async #sayPresent(): Promise<void> {
    if (this.#isSending) {
      return;
    }

    this.#isSending = true;
    try {
      await this.#persist(() => this.#transport.deliver(this.#address, this.#sequence, [], this.#signal));
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isSending = false;
      this.#moved.fire();
    }

    // What was sent meanwhile waits; otherwise it is silent again.
    await this.#run();
  }

  async #persist<T>(attempt: () => Promise<T>): Promise<T> {
    for (;;) {
      this.#throwIfOver();
      try {
        const done = await attempt();
        this.#retry.succeeded();
        return done;
      } catch (error) {
        if (error instanceof BlueEdgeError && error.status === 429) {
          // No failure: the engines are slower than the writer.
          this.#retry.succeeded();
        }

        await this.#retry.failed(error, this.#signal);
      }
    }
  }

  #fail(reason: unknown): void {
    this.#failure ??= reason;
    clearTimeout(this.#silence);
    this.#outbox.reject(this.#failure);
    this.#moved.fire();
  }

  #throwIfOver(): void {
    if (this.#failure !== undefined) {
      throw this.#failure;
    }
  }
}
