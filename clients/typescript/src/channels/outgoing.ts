import type { OutgoingItem } from "../transport.js";

/** An item as it is now: what the caller does with it later changes nothing. Throws a TypeError for what JSON has no form for. */
export function outgoing(content: unknown, mediaType: string | undefined): OutgoingItem {
  if (content instanceof Blob) {
    return { body: content, mediaType: mediaType ?? (content.type || "application/octet-stream"), size: content.size };
  }

  if (content instanceof Uint8Array || content instanceof ArrayBuffer) {
    const body = new Uint8Array(content instanceof ArrayBuffer ? content.slice(0) : content);
    return { body, mediaType: mediaType ?? "application/octet-stream", size: body.length };
  }

  const body = JSON.stringify(content) as string | undefined;
  if (body === undefined) {
    throw new TypeError(`JSON has no form for ${typeof content}.`);
  }

  return { body, mediaType: "application/json", size: body.length };
}
