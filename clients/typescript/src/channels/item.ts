import { BlueEdgeError } from "../errors.js";
import type { Api } from "../http/api.js";
import type { CallOptions } from "../options.js";

/** An item as the server writes it. */
export interface ItemData {
  readonly offset: number;
  readonly key?: string;
  readonly tags?: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly value?: unknown;
  readonly mediaType?: string;
  readonly length?: number;
  readonly data?: string;
  readonly href?: string;
}

/** Something that was written to a channel. */
export class Item<T = unknown> {
  readonly type = "item";
  readonly channel: string;

  /** The attempt that wrote it, from 1. */
  readonly attempt: number;

  /** Its place in the channel in that attempt, from 0. */
  readonly offset: number;

  /** Where it is: what to pass to `listen` as `after` to go on behind it. */
  readonly cursor: string;

  /** Which items it belongs to. */
  readonly key: string | undefined;

  /** Words about it. */
  readonly tags: readonly string[];

  /** Small facts about it. */
  readonly attributes: Readonly<Record<string, unknown>>;

  /** What it is; `application/json` where it is a value. */
  readonly mediaType: string;

  /** How many bytes it has; `undefined` where it is a value. */
  readonly length: number | undefined;

  /** Its JSON; `undefined` where it is bytes, as JSON of more than a megabyte is. */
  readonly value: T | undefined;

  /** Where its bytes are read, as a whole address; `undefined` where they came along. */
  readonly href: string | undefined;

  readonly #api: Api;
  readonly #inline: string | undefined;

  constructor(api: Api, channel: string, cursor: string, data: ItemData) {
    this.#api = api;
    this.#inline = data.data;
    this.channel = channel;
    this.attempt = Number.parseInt(cursor, 10);
    this.offset = data.offset;
    this.cursor = cursor;
    this.key = data.key;
    this.tags = data.tags ?? [];
    this.attributes = data.attributes ?? {};
    this.mediaType = data.mediaType ?? "application/json";
    this.length = data.length;
    this.value = data.value as T | undefined;
    this.href = data.href === undefined ? undefined : api.address(data.href).href;
  }

  /**
   * Its bytes, which are fetched now where they did not come along; a value's are its JSON. Of an interested channel they can be read until the session
   * expires or runs again, of another for a moment: then this throws `content-changed`, or an error with status 404.
   */
  async bytes(options: CallOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#inline !== undefined) {
      return Uint8Array.from(atob(this.#inline), character => character.charCodeAt(0));
    }

    if (this.href === undefined) {
      return new TextEncoder().encode(JSON.stringify(this.value));
    }

    const bytes = await this.#api.call({ path: this.href, signal: options.signal });
    if (bytes.length !== this.length) {
      throw new BlueEdgeError(`Item ${this.cursor} of '${this.channel}' had ${this.length} bytes and now has ${bytes.length}: the session runs again.`, { code: "content-changed" });
    }

    return bytes;
  }
}
