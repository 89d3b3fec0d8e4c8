import { expect, it, vi } from 'vitest';
import type { VersionedOrder } from '../../core/ports/order-tx.ts';
import { NOW, orderOf, placed } from '../../test/order.mother.ts';
import { ProgressHub } from '../progress-hub.ts';
import { orderStream } from './order-stream.ts';

const LOOK_MS = 2_000;
const order = orderOf([placed()]);

/** The order at a version, with as many entries in its timeline. */
const at = (version: number): VersionedOrder => ({
  version,
  state: {
    ...order,
    timeline: Array.from({ length: version }, () => order.timeline[0]).filter((one) => one !== undefined),
  },
});

const open = (hub: ProgressHub) => {
  const find = vi.fn(async (): Promise<VersionedOrder | undefined> => at(3));
  const unasked = (): Promise<never> => Promise.reject(new Error('not asked for'));
  const queries = {
    find,
    history: unasked,
    ofCustomer: unasked,
    page: unasked,
    search: unasked,
    countUpTo: unasked,
    figures: unasked,
    oldest: unasked,
  };
  const watch = hub.watch(order.orderId, new AbortController().signal);
  const viewer = { userId: order.customer.userId, isStaff: false, returns: { windowMs: 0, now: NOW } };
  const stream = orderStream(at(1), 0, queries, watch, viewer)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => /^id: \d+/.exec(String((await stream.next()).value))?.[0] ?? '';
  return { find, next, stream };
};

it('a stream reads nothing while its order changes in this process', async () => {
  const hub = new ProgressHub();
  const { find, next, stream } = open(hub);
  expect(await next()).toBe('id: 1');
  const second = next();
  hub.changed([at(1), at(2)]);
  expect(await second).toBe('id: 2');
  expect(find).not.toHaveBeenCalled();
  await stream.return?.();
});

it('a stream reads once after another process has changed its order, and not for a version that it has', async () => {
  vi.useFakeTimers({ toNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  let version = 1;
  const hub = new ProgressHub(() => Promise.resolve(new Map([[order.orderId, version]])));
  const { find, next, stream } = open(hub);
  expect(await next()).toBe('id: 1');
  const second = next();
  await vi.advanceTimersByTimeAsync(LOOK_MS);
  expect(find).not.toHaveBeenCalled();
  version = 3;
  await vi.advanceTimersByTimeAsync(LOOK_MS);
  expect([await second, await next()]).toEqual(['id: 2', 'id: 3']);
  expect(find).toHaveBeenCalledTimes(1);
  await stream.return?.();
  vi.useRealTimers();
});
