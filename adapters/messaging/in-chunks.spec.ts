import { describe, expect, it } from '@jest/globals';
import { longestPause } from '#test/kit/event-loop.ts';
import { inChunks } from './in-chunks.ts';

const hold = (ms: number): void => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

describe('a long job in chunks', () => {
  it('does everything in order, and lets others have their turn between the chunks', async () => {
    const steps: (number | string)[] = [];
    const other = new Promise<void>((resolve) =>
      setImmediate(() => {
        steps.push('other');
        resolve();
      }),
    );
    await inChunks([1, 2, 3, 4, 5], (item) => steps.push(item), 2);
    await other;
    expect(steps).toEqual([1, 2, 'other', 3, 4, 5]);
  });

  it('never holds the event loop for as long as it takes', async () => {
    const rows = Array.from({ length: 100 });
    expect(await longestPause(() => inChunks(rows, () => hold(5), 5))).toBeLessThan(250);
    expect(await longestPause(() => inChunks(rows, () => hold(5), 100))).toBeGreaterThan(400);
  });
});
