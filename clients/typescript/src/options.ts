/** Headers for each request, or what makes them: called before each, so that a token may be fetched anew. */
export type HeadersSource = Readonly<Record<string, string>> | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/** Where the server is, and how it is called. */
export interface BlueEdgeOptions {
  /** The server's address, without `/api/v1`: `https://blueedge.example.org`. In a browser, the page's own origin unless given. */
  readonly server?: string | URL;

  /** What makes requests; the platform's `fetch` unless given. */
  readonly fetch?: typeof fetch;

  /** Headers for each request, or a function that gives them. They are sent to the server's own origin only. */
  readonly headers?: HeadersSource;

  /**
   * For how many seconds a call, a stream or a writer bears with a server that is away or overloaded, before it fails with an error that is
   * `retryable`; 60 unless given, `Infinity` for ever. A stream counts from when it lost its connection. 429 to a writer does not count.
   */
  readonly patience?: number;
}

/** What any call takes. */
export interface CallOptions {
  /** Gives up: the call throws the signal's reason. */
  readonly signal?: AbortSignal;
}
