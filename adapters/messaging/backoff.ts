/** Doubles from `first` to `last` milliseconds. */
export const backoff = (attempt: number, first: number, last: number): number =>
  Math.min(last, first * 2 ** Math.min(attempt, 20));
