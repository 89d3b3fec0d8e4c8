import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Call } from '#adapters/http/client.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { ViewReporter } from '../view-reporter.ts';

const logger = makeLogger({ service: 'test', level: 'silent' });

describe('reporting views', () => {
  let calls: Call[];
  let isDown: boolean;
  let views: ViewReporter;

  beforeEach(() => {
    vi.useFakeTimers();
    [calls, isDown] = [[], false];
    views = new ViewReporter(async (call) => {
      if (isDown) throw new Error('down');
      calls.push(call);
      return { status: 204, body: undefined };
    }, logger);
    views.start();
  });
  afterEach(async () => {
    await views.stop();
    vi.useRealTimers();
  });
  const reported = (): readonly unknown[] => calls.map(({ body }) => (body as { views: unknown }).views);

  it('happens periodically, in batches', async () => {
    for (const id of ['a', 'b', 'a']) views.count(id);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(reported()).toEqual([
      [
        { product_id: 'a', views: 2 },
        { product_id: 'b', views: 1 },
      ],
    ]);
    views.count('a');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(reported()[1]).toEqual([{ product_id: 'a', views: 1 }]);
  });

  it('does nothing without views', async () => {
    await vi.advanceTimersByTimeAsync(10_000);
    expect(calls).toEqual([]);
  });

  it('collects no more products than fit into one report', async () => {
    for (let i = 0; i < 1_500; i += 1) views.count(`p${i}`);
    views.count('p0');
    await views.report();
    const [report] = reported() as [readonly { views: number }[]];
    expect([report.length, report[0]?.views]).toEqual([1_000, 2]);
  });

  it('drops views that could not be reported', async () => {
    isDown = true;
    views.count('a');
    await views.report();
    isDown = false;
    await views.report();
    expect(calls).toEqual([]);
  });
});
