import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import { makeConsumer, storesOf } from '#adapters/service/parts.ts';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { makeSeal } from '#adapters/events/envelope.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { ManualClock } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { gone, versionsOf } from '#test/kit/events.ts';
import { START } from '#test/kit/toolbox.ts';
import { each } from './consumer.ts';
import { InProcessBus, noJournal } from './in-process-bus.ts';
import { OutboxRelay } from './relay.ts';
import type { OutboxStore } from './stores.ts';

const logger = makeLogger({ service: 'test', level: 'silent' });
const clock = new ManualClock(START);
const P1 = systemIds.next();

/** Units that a pass of the relay takes; the memory store lets others have their turn after a while, for real. */
const TURNS = 10;

/** Polls and pauses pass at once; nothing else does. */
const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < TURNS; turn += 1) {
    await setImmediate();
    await vi.advanceTimersByTimeAsync(0);
  }
};
const LONG = 10_000;
/** Longer than wake-ups are gathered, shorter than any poll. */
const SOON = 10;

describe('the relay', () => {
  let database: MemoryDatabase;
  let outbox: OutboxStore;
  let unitOfWork: UnitOfWork<BaseTx>;
  let relay: OutboxRelay;
  let published: EventEnvelope[];
  let publish: (envelopes: readonly EventEnvelope[]) => Promise<void>;

  const announce = (...versions: readonly number[]): Promise<void> =>
    unitOfWork.run((tx) => tx.outbox.add(...versions.map((version) => gone(P1, version))));
  const open = (store: OutboxStore = outbox, bus = new InProcessBus(noJournal, logger)): OutboxRelay => {
    bus.publish = (envelopes) => publish(envelopes);
    relay = new OutboxRelay(store, bus, logger);
    return relay;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    database = new MemoryDatabase();
    ({ outbox } = storesOf({ kind: 'memory', database }));
    unitOfWork = memoryUnitOfWork(
      { seal: makeSeal(systemIds, clock), clock, wakeRelay: () => relay.wake(), wakeTasks: () => undefined },
      database,
      () => ({}),
    );
    published = [];
    publish = async (envelopes) => void published.push(...envelopes);
    open();
  });
  afterEach(async () => {
    await relay.stop();
    vi.useRealTimers();
  });

  it('publishes pending events in order, and removes them', async () => {
    await announce(1, 2);
    await announce(3);
    relay.start();
    await pass(0);
    expect(versionsOf(published)).toEqual([1, 2, 3]);
    expect(await outbox.size()).toBe(0);
  });

  it('is woken by a commit, without polling', async () => {
    relay.start();
    await pass(SOON);
    await announce(1);
    await pass(0);
    expect(versionsOf(published)).toEqual([1]);
  });

  it('gathers the commits of a few milliseconds', async () => {
    relay.start();
    await pass(0);
    await announce(1);
    await announce(2);
    await pass(0);
    expect(published).toEqual([]);
    await pass(SOON);
    expect(versionsOf(published)).toEqual([1, 2]);
  });

  it('polls for events that did not wake it', async () => {
    relay.start();
    await pass(SOON);
    await memoryUnitOfWork(
      { seal: makeSeal(systemIds, clock), clock, wakeRelay: () => undefined, wakeTasks: () => undefined },
      database,
      () => ({}),
    ).run((tx) => tx.outbox.add(gone(P1)));
    await pass(0);
    expect(published).toEqual([]);
    await pass(1_000);
    expect(published).toHaveLength(1);
  });

  it('loses nothing and keeps the order while the bus is unavailable', async () => {
    let isAway = true;
    publish = async (envelopes) => {
      if (isAway) throw new Error('the bus is away');
      published.push(...envelopes);
    };
    relay.start();
    await announce(1);
    await pass(LONG);
    await announce(2);
    expect(await outbox.size()).toBe(2);
    isAway = false;
    await pass(LONG);
    expect(versionsOf(published)).toEqual([1, 2]);
    expect(await outbox.size()).toBe(0);
  });

  it('publishes an event twice rather than never; the inbox drops the duplicate', async () => {
    const bus = new InProcessBus(noJournal, logger);
    const deliver = bus.publish.bind(bus);
    const handled: EventEnvelope[] = [];
    bus.subscribe(
      makeConsumer({ logger, metrics: new Metrics('test') }, unitOfWork, 'mail', {
        'product.deleted': each(async (_, event) => void handled.push(event)),
      }),
    );
    await bus.start();
    let failures = 1;
    const forgetful: OutboxStore = {
      ...outbox,
      remove: (ids) => {
        failures -= 1;
        return failures < 0 ? outbox.remove(ids) : Promise.reject(new Error('the store went away'));
      },
    };
    open(forgetful, bus);
    publish = async (envelopes) => {
      published.push(...envelopes);
      await deliver(envelopes);
    };
    relay.start();
    await announce(1);
    await pass(LONG);
    expect(versionsOf(published)).toEqual([1, 1]);
    expect(versionsOf(handled)).toEqual([1]);
    expect(await outbox.size()).toBe(0);
    await bus.stop();
  });

  it('waits while another process relays, and takes over when that process ends', async () => {
    let isTaken = true;
    open({ ...outbox, tryLock: async () => (isTaken ? undefined : outbox.tryLock()) });
    relay.start();
    await announce(1);
    await pass(LONG);
    expect(published).toEqual([]);
    isTaken = false;
    await pass(1_000);
    expect(published).toHaveLength(1);
  });

  it('stops once it loses its lock, until it holds the lock again', async () => {
    const held = [true, false];
    let taken = 0;
    open({
      ...outbox,
      tryLock: async () => {
        taken += 1;
        if (taken === 2) return undefined;
        return { isHeld: () => held[taken - 1] !== false, release: () => Promise.resolve() };
      },
    });
    relay.start();
    await pass(SOON);
    held[0] = false;
    await announce(1);
    await pass(0);
    expect([taken, published.length]).toEqual([2, 0]);
    await pass(1_000 + SOON);
    expect([taken, published.length]).toEqual([3, 1]);
  });

  it('releases the lock when it stops', async () => {
    let isHeld = true;
    open({
      ...outbox,
      tryLock: async () => ({ isHeld: () => isHeld, release: async () => void (isHeld = false) }),
    });
    relay.start();
    await pass(0);
    await relay.stop();
    expect(isHeld).toBe(false);
    await announce(1);
    await pass(LONG);
    expect(published).toEqual([]);
  });
});
