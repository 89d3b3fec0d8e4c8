import { describe, expect, it } from '@jest/globals';
import { inChunks } from './in-chunks.ts';

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
});
