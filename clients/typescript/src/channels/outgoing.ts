import type { OutgoingItem } from "../transport.js";
import type { SendOptions } from "./writer.js";

/** An item as it is now: what the caller does with it later changes nothing. Throws a TypeError for what JSON has no form for. */
export function outgoing(content: unknown, options: SendOptions): OutgoingItem {
  const { key, tags, attributes } = options;
  const envelope = { key, tags, attributes };
  if (content instanceof Blob) {
    return { ...envelope, body: content, mediaType: options.mediaType ?? (content.type || "application/octet-stream"), size: content.size };
  }

  if (content instanceof Uint8Array || content instanceof ArrayBuffer) {
    const body = Uint8Array.from(content instanceof ArrayBuffer ? new Uint8Array(content) : content);
    return { ...envelope, body, mediaType: options.mediaType ?? "application/octet-stream", size: body.length };
  }

  const body = JSON.stringify(content) as string | undefined;
  if (body === undefined) {
    throw new TypeError(`JSON has no form for ${typeof content}.`);
  }

  return { ...envelope, body, mediaType: "application/json", size: body.length };
}
