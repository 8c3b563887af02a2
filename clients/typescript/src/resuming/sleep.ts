/** Waits so many milliseconds; throws the signal's reason as soon as that is aborted. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      signal?.aborted ? reject(signal.reason) : resolve();
    };

    // Browsers take no longer wait than 24 days for one.
    const timer = setTimeout(wake, Math.min(milliseconds, 2 ** 31 - 1));
    signal?.addEventListener("abort", wake);
  });
}
