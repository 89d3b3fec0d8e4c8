import { describe, expect, it } from 'vitest';
import { measureEventLoop } from './event-loop.ts';

const block = (ms: number): void => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};
const turns = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the delay of the event loop', () => {
  it('shows how long it was blocked, for a while', async () => {
    let now = 0;
    const delay = measureEventLoop(() => now);
    do {
      await turns(30); // a busy machine may begin to sample late
      block(200);
      await turns(30);
    } while (delay().max <= 0.15);
    now = 31_000;
    expect(delay().max).toBeGreaterThan(0.15);
    expect(delay().max).toBeGreaterThan(0.15);
    now = 62_000;
    delay();
    now = 93_000;
    delay();
    const { p50, p99, max } = delay();
    expect(max).toBeLessThan(0.15);
    expect(p50 <= p99 && p99 <= max).toBe(true);
  });
});
