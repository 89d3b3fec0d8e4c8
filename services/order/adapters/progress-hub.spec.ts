import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../core/ports/order-progress.ts';
import type { VersionedOrder } from '../core/ports/order-tx.ts';
import { ProgressHub } from './progress-hub.ts';

const orderAt = (orderId: string, version: number): VersionedOrder =>
  ({ state: { orderId }, version }) as unknown as VersionedOrder;

describe('a watcher of an order', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  };

  /** Collects progress until it is closed. */
  const watch = async (hub: ProgressHub, orderId: string) => {
    const heard: Progress[] = [];
    const abort = new AbortController();
    const ended = (async () => {
      for await (const progress of hub.watch(orderId, abort.signal)) heard.push(progress);
    })();
    await turns();
    const close = async (): Promise<void> => {
      abort.abort();
      await ended;
    };
    return { heard, close };
  };

  it('receives each change', async () => {
    const hub = new ProgressHub();
    const { heard, close } = await watch(hub, 'a');
    hub.changed([orderAt('b', 1), orderAt('a', 2)]);
    await turns();
    expect(heard).toEqual([orderAt('a', 2)]);
    await close();
  });

  it('receives what changes before it listens', async () => {
    const hub = new ProgressHub();
    const watch = hub.watch('a', new AbortController().signal);
    hub.changed([orderAt('a', 2)]);
    for await (const progress of watch) {
      expect(progress).toEqual(orderAt('a', 2));
      watch.close();
    }
  });

  it('receives a heartbeat while nothing changes, without a query', async () => {
    const hub = new ProgressHub();
    const { heard, close } = await watch(hub, 'a');
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(24_999);
    await turns();
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    await turns();
    expect(heard).toEqual(['no news']);
    await close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('receives the version to which another process changed the order; one query serves all watchers', async () => {
    const versions = new Map([
      ['a', 1],
      ['b', 1],
    ]);
    const asked = vi.fn(() => Promise.resolve(versions));
    const hub = new ProgressHub(asked);
    const watchers = [await watch(hub, 'a'), await watch(hub, 'a'), await watch(hub, 'b')];
    const look = async (): Promise<void> => {
      vi.advanceTimersByTime(2_000);
      await turns();
    };
    await look(); // changes since the watchers’ own read are not known yet
    expect(asked.mock.calls).toEqual([[['a', 'b']]]);
    await look();
    const heard = () => watchers.map((one) => one.heard.length);
    expect(heard()).toEqual([1, 1, 1]);
    versions.set('a', 2);
    await look();
    expect(heard()).toEqual([2, 2, 1]);
    hub.changed([orderAt('b', 2)]);
    versions.set('b', 2);
    await look();
    expect(heard()).toEqual([2, 2, 2]);
    asked.mockRejectedValueOnce(new Error('away'));
    await look();
    versions.set('a', 3);
    await look();
    expect(heard()).toEqual([3, 3, 2]);
    for (const { close } of watchers) await close();
    asked.mockClear();
    await look();
    expect(asked).not.toHaveBeenCalled();
  });
});
