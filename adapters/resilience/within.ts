export class TimedOut extends Error {
  constructor(name: string, ms: number) {
    super(`${name} did not answer within ${ms} ms`);
    this.name = 'TimedOut';
  }
}

/**
 * Runs `work`; rejects with `TimedOut` after `ms` milliseconds.
 * @param work its signal is aborted on timeout or with `gone`, but not on completion: that would create an error with a stack
 */
export const within = async <T>(
  ms: number,
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
  gone?: AbortSignal,
): Promise<T> => {
  const ending = new AbortController();
  const end = (): void => ending.abort(gone?.reason);
  if (gone?.aborted === true) end();
  gone?.addEventListener('abort', end, { once: true });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new TimedOut(name, ms);
      reject(error);
      ending.abort(error);
    }, ms);
  });
  try {
    return await Promise.race([work(ending.signal), late]);
  } finally {
    clearTimeout(timer);
  }
};
