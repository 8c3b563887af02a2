import { BlueEdgeError } from "../errors.js";
import type { Frame, StreamAddress, Transport } from "../transport.js";
import { Retry } from "./retry.js";

/** A connection that stood for so long was a good one, though nothing came. In milliseconds. */
const goodConnection = 5_000;

/**
 * Follows a stream to its `end`, over as many connections as it takes: behind each that is lost it goes on where the last frame was. Nothing
 * is read ahead: what the application has not asked for waits at the server.
 */
export async function* follow(transport: Transport, address: StreamAddress, after: string | undefined, patience: number, signal?: AbortSignal): AsyncGenerator<Frame, void, undefined> {
  const retry = new Retry(patience);
  let cursor = after;
  for (;;) {
    let openSince = Infinity;
    let failure: unknown;
    try {
      for await (const frame of transport.frames(address, cursor, signal, value => (retry.first = Math.min(value, 5_000)))) {
        signal?.throwIfAborted();
        openSince = Math.min(openSince, Date.now());
        if (frame.cursor && frame.cursor !== cursor) {
          cursor = frame.cursor;
          retry.succeeded();
        }

        if (frame.type) {
          yield frame;
        }

        if (frame.type === "end") {
          return;
        }
      }

      failure = new BlueEdgeError("The server ended the stream before its end.", { code: "connection-lost", retryable: true });
    } catch (error) {
      failure = error;
    }

    if (Date.now() - openSince > goodConnection) {
      retry.succeeded();
    }

    await retry.failed(failure, signal);
  }
}
