/** Latencies of one kind of call, and how many came through in how much time. */
export interface Measured {
  readonly name: string;
  readonly count: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** `workers` of them at a time for `seconds`; each gets its turn's number. A failed call fails the bench. */
export const measure = async (
  name: string,
  { workers, seconds }: { readonly workers: number; readonly seconds: number },
  call: (turn: number) => Promise<unknown>,
): Promise<Measured> => {
  const latencies: number[] = [];
  let turn = 0;
  const startedAt = performance.now();
  const end = startedAt + seconds * 1_000;
  const work = async (): Promise<void> => {
    while (performance.now() < end) {
      const began = performance.now();
      await call(turn++);
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const elapsed = (performance.now() - startedAt) / 1_000;
  return summarize(name, latencies, elapsed);
};

/** Sums up latencies in milliseconds that were taken within `elapsed` seconds. */
export const summarize = (name: string, latencies: readonly number[], elapsed: number): Measured => {
  const sorted = [...latencies].sort((a, b) => a - b);
  return {
    name,
    count: sorted.length,
    perSecond: sorted.length / elapsed,
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
    p99Ms: percentile(sorted, 0.99),
  };
};
