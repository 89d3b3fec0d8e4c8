import { setTimeout as pause } from 'node:timers/promises';

/** Latencies of one kind of call, and how many came through in how much time. */
export interface Measured {
  readonly count: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Sums up latencies in milliseconds that were taken within `elapsed` seconds. */
export const summarize = (latencies: readonly number[], elapsed: number): Measured => {
  const sorted = [...latencies].sort((a, b) => a - b);
  return {
    count: sorted.length,
    perSecond: sorted.length / elapsed,
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
    p99Ms: percentile(sorted, 0.99),
  };
};

export interface Load {
  /** So many at a time. */
  readonly workers: number;
  readonly seconds: number;
}

/** Each call gets its turn's number. A failed call fails the bench. */
export const measure = async (
  { workers, seconds }: Load,
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
  return summarize(latencies, (performance.now() - startedAt) / 1_000);
};

/** Calls at a fixed rate, whether or not the earlier ones were answered; answers the latencies in milliseconds. */
export const atRate = async (
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  call: (turn: number) => Promise<unknown>,
): Promise<readonly number[]> => {
  const startedAt = performance.now();
  const calls = Array.from({ length: Math.ceil(perSecond * seconds) }, async (_, turn) => {
    await pause(Math.max(0, startedAt + (turn * 1_000) / perSecond - performance.now()));
    const began = performance.now();
    await call(turn);
    return performance.now() - began;
  });
  return Promise.all(calls);
};

/** All of `inputs`, `workers` at a time, in their order. */
export const inParallel = async <In, Out>(
  workers: number,
  inputs: readonly In[],
  work: (input: In, turn: number) => Promise<Out>,
): Promise<readonly Out[]> => {
  const outputs: Out[] = [];
  const waiting = inputs.entries();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const [turn, input] of waiting) outputs[turn] = await work(input, turn);
    }),
  );
  return outputs;
};
