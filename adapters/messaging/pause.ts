/** Resolves after `ms` milliseconds, or at once when `signal` is aborted. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });

/** Doubles from `first` to `last` milliseconds. */
export const backoff = (attempt: number, first: number, last: number): number =>
  Math.min(last, first * 2 ** Math.min(attempt, 20));
