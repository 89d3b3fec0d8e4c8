import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { breathe } from '#adapters/system/breath.ts';
import { watchTurns } from './event-loop.ts';

const MOST_MS = 100;

/** Work of the processor that takes so long, without a pause. */
const work = (ms: number): void => {
  const cpu = process.threadCpuUsage();
  for (let done = 0; done < ms * 1_000;) {
    const { user, system } = process.threadCpuUsage(cpu);
    done = user + system;
  }
};

it('a job that blocks the event loop is detected, whatever it awaits', async () => {
  const { p99Ms } = await watchTurns(async () => {
    await setImmediate();
    for (let step = 0; step < 30; step += 1) {
      work(5);
      await Promise.resolve();
    }
  });
  expect(p99Ms).toBeGreaterThan(MOST_MS);
});

it('a job that yields lets others run', async () => {
  const { p99Ms, count } = await watchTurns(async () => {
    for (let step = 0; step < 30; step += 1) {
      work(5);
      await breathe();
    }
  });
  expect(p99Ms).toBeLessThan(MOST_MS);
  expect(count).toBeGreaterThan(3);
});
