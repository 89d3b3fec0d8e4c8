import { setImmediate } from 'node:timers/promises';

/** How long other work had to wait while a job ran. */
export interface Turns<T> {
  readonly result: T;
  /** Milliseconds that 99 of 100 turns of the event loop stayed below. */
  readonly p99Ms: number;
  readonly count: number;
}

/** Turns with less in them are the watch's own. */
const LEAST_MS = 0.5;

/**
 * Runs a job and measures each turn of the event loop meanwhile, as `monitorEventLoopDelay` does. It takes the processor
 * time of this thread for it, so that a machine which is busy with other things makes no turn longer.
 */
export const watchTurns = async <T>(job: () => Promise<T>): Promise<Turns<T>> => {
  const turns: number[] = [];
  const running = { is: true };
  const watch = (async () => {
    let before = cpuMs();
    while (running.is) {
      await setImmediate();
      const now = cpuMs();
      if (now - before >= LEAST_MS) turns.push(now - before);
      before = now;
    }
  })();
  const result = await job().finally(() => {
    running.is = false;
  });
  await watch;
  turns.sort((a, b) => a - b);
  return { result, p99Ms: turns[Math.ceil(turns.length * 0.99) - 1] ?? 0, count: turns.length };
};

const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
