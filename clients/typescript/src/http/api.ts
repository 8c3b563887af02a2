import { BlueEdgeError } from "../errors.js";
import type { BlueEdgeOptions, HeadersSource } from "../options.js";
import { Retry } from "../resuming/retry.js";
import { Deadline } from "./deadline.js";
import { failureOf } from "./failure.js";

/** For how long nothing may come of an answer that is not waited for, in seconds. */
const callSeconds = 30;

/** What the server expects of a body at least, in bytes a second. */
const slowest = 10_000;

/** A request, which may be sent again as it is. */
export interface ApiRequest {
  readonly method?: "GET" | "POST";
  /** Below `/api/v1`, or a whole address. */
  readonly path: string;
  /** Members that are `undefined` are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | Blob;
  readonly signal?: AbortSignal | undefined;
  /** Seconds that the server is asked to wait before it answers. */
  readonly wait?: number | undefined;
}

/** Makes requests of the REST API: addresses, headers, errors, and another try where one failed in passing. */
export class Api {
  readonly patience: number;
  readonly #base: URL;
  readonly #fetch: typeof fetch;
  readonly #headers: HeadersSource;

  constructor(options: BlueEdgeOptions) {
    const page = (globalThis as { location?: { origin: string } }).location;
    this.#base = new URL(options.server ?? page?.origin ?? "http://127.0.0.1:5080");
    this.#base.search = this.#base.hash = "";
    this.#base.pathname = this.#base.pathname.replace(/\/+$/, "");

    // Browsers' own wants to be called as the window's.
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.#headers = options.headers ?? {};
    this.patience = options.patience ?? 60;
  }

  /** The address of a path or an `href`. Headers may be secret: another origin's throws. */
  address(path: string): URL {
    const prefix = this.#base.pathname === "/" ? "" : this.#base.pathname;
    const isBelow = path.startsWith(`${prefix}/api/`);
    const url = new URL(path.startsWith("/") && !isBelow ? prefix + path : path, this.#base);
    if (url.origin !== this.#base.origin) {
      throw new BlueEdgeError(`'${path}' is not an address of ${this.#base.origin}, and is not called.`, { code: "not-blueedge" });
    }

    return url;
  }

  /** Sends a request once. The answer's body is read under the deadline, which the caller releases. */
  async send(request: ApiRequest, deadline: Deadline): Promise<Response> {
    const url = this.address(request.path.startsWith("/") ? `/api/v1${request.path}` : request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }

    const own = typeof this.#headers === "function" ? await this.#headers() : this.#headers;
    let response: Response;
    try {
      response = await this.#fetch(url, {
        method: request.method ?? "GET",
        headers: { ...own, ...request.headers },
        body: request.body ?? null,
        signal: deadline.signal,
        cache: "no-store",
      });
    } catch (error) {
      throw deadline.explain(error, "unreachable");
    }

    if (!response.ok) {
      throw await failureOf(response);
    }

    return response;
  }

  /** Sends a request and reads its answer's bytes, until it works or `patience` is over. */
  async call(request: ApiRequest, retry = new Retry(this.patience)): Promise<Uint8Array<ArrayBuffer>> {
    const { body = "" } = request;
    const size = typeof body === "string" ? 3 * body.length : body instanceof Blob ? body.size : body.length;
    for (;;) {
      const deadline = new Deadline(request.signal);
      try {
        deadline.within((request.wait ?? 0) + callSeconds + size / slowest);
        return await this.#read(await this.send(request, deadline), deadline);
      } catch (error) {
        await retry.failed(error, request.signal);
      } finally {
        deadline.release();
      }
    }
  }

  /** As `call`, for an answer in the API's envelope: its `data`. */
  async data<T>(request: ApiRequest, retry?: Retry): Promise<T> {
    const text = new TextDecoder().decode(await this.call(request, retry));
    try {
      return (JSON.parse(text) as { data: T }).data;
    } catch (cause) {
      throw new BlueEdgeError(`${request.path} was answered by what is no BlueEdge: ${text.slice(0, 100)}`, { code: "not-blueedge", cause });
    }
  }

  /** However long it is: what counts is that more of it comes. */
  async #read(response: Response, deadline: Deadline): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const reader = response.body?.getReader();
    for (;;) {
      deadline.within(callSeconds);
      const { done = true, value } = (await reader?.read().catch((error: unknown) => {
        throw deadline.explain(error, "connection-lost");
      })) ?? {};
      if (done || !value) {
        return new Uint8Array(await new Blob(chunks).arrayBuffer());
      }

      chunks.push(value);
    }
  }
}
