import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOUR, ManualClock, MINUTE } from '#kernel/clock.ts';
import { keptLog } from '#test/kit/log.ts';
import { START } from '#test/kit/toolbox.ts';
import { startSweeps, type RunningSweeps, type Sweep } from './sweeps.ts';

describe('sweeps', () => {
  const clock = new ManualClock(START);
  const log = keptLog();
  let running: RunningSweeps | undefined;
  let swept: string[];

  beforeEach(() => {
    vi.useFakeTimers();
    swept = [];
  });
  afterEach(async () => {
    await running?.stop();
    vi.useRealTimers();
  });

  const start = (...sweeps: readonly Sweep[]): void => {
    running = startSweeps(sweeps, { clock, logger: log.logger });
  };
  const counted = (name: string, everyMs: number): Sweep => ({
    name,
    everyMs,
    sweep: async () => void swept.push(name),
  });

  it('begin at once, and repeat at their own intervals', async () => {
    start(counted('carts', HOUR), counted('keys', 30 * MINUTE));
    await vi.advanceTimersByTimeAsync(0);
    expect(swept).toEqual(['carts', 'keys']);
    await vi.advanceTimersByTimeAsync(HOUR + MINUTE);
    expect(swept.toSorted()).toEqual(['carts', 'carts', 'keys', 'keys', 'keys']);
  });

  it('receive the time of the service', async () => {
    const times: Date[] = [];
    start({ name: 'carts', everyMs: HOUR, sweep: async (now) => void times.push(now) });
    await vi.advanceTimersByTimeAsync(0);
    expect(times).toEqual([START]);
  });

  it('that fail are logged by name, and soon retried', async () => {
    let failures = 0;
    const broken = async (): Promise<void> => {
      failures += 1;
      if (failures === 1) throw new Error('the store is away');
    };
    start({ name: 'carts', everyMs: HOUR, sweep: broken }, counted('keys', HOUR));
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect([failures, swept]).toEqual([2, ['keys']]);
    expect(JSON.parse(log.lines.at(-1) ?? '')).toMatchObject({ level: 40, sweep: 'carts' });
  });

  it('stop on request', async () => {
    start(counted('carts', HOUR));
    await vi.advanceTimersByTimeAsync(0);
    await running?.stop();
    await vi.advanceTimersByTimeAsync(3 * HOUR);
    expect(swept).toEqual(['carts']);
  });
});
