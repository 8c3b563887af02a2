import { BlueEdgeError, type Fault } from "../errors.js";
import { retryAfter } from "./retryAfter.js";

/** Statuses that pass: too slow, too much at once, and what a gateway or a proxy says whose server is away. */
const passing = new Set([408, 425, 429, 502, 503, 504]);

interface ErrorBody {
  readonly message?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly Fault[];
  readonly data?: { readonly errors?: readonly Fault[]; readonly furtherErrors?: number; readonly sessionId?: string; readonly nextSequence?: number; readonly traceId?: string };
}

/** Makes an error of an answer that says no: the API's envelope, problem details, or what a proxy says. */
export async function failureOf(response: Response): Promise<BlueEdgeError> {
  let body: ErrorBody = {};
  try {
    body = ((await response.json()) as ErrorBody | null) ?? {};
  } catch {
    // A proxy's page: the status says enough.
  }

  return new BlueEdgeError(body.message ?? body.detail ?? body.title ?? `The server answered ${response.status} ${response.statusText}`.trim(), {
    status: response.status,
    faults: body.data?.errors ?? body.errors,
    furtherFaults: body.data?.furtherErrors,
    retryable: passing.has(response.status),
    retryAfter: retryAfter(response.headers),
    sessionId: body.data?.sessionId,
    nextSequence: body.data?.nextSequence,
    traceId: body.data?.traceId,
  });
}
