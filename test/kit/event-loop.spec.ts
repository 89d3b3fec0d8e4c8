import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { breathe } from '#adapters/system/breath.ts';
import { countTurns } from './event-loop.ts';

const STEPS = 30;

it('a job that blocks the event loop leaves no turns to others, whatever it awaits', async () => {
  const { turns } = await countTurns(async () => {
    await setImmediate();
    for (let step = 0; step < STEPS; step += 1) await Promise.resolve();
  });
  expect(turns).toBeLessThan(3);
});

it('a job that breathes leaves a turn at each breath', async () => {
  const { result, turns } = await countTurns(async () => {
    for (let step = 0; step < STEPS; step += 1) await breathe();
    return 'done';
  });
  expect(result).toBe('done');
  expect(turns).toBeGreaterThanOrEqual(STEPS - 1);
});
