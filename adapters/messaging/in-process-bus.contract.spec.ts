import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeLogger } from '#adapters/observability/logger.ts';
import { journalMigrations, sqlJournal } from '#adapters/postgres/sql-journal.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import { until } from '#test/kit/conditions.ts';
import { goneEnvelope, versionsOf } from '#test/kit/events.ts';
import { openToolbox, STORES, type StoreName } from '#test/kit/toolbox.ts';
import { busContract, testConsumer } from './event-bus.contract.ts';
import { InProcessBus, noJournal, type JournaledDelivery, type DeliveryJournal } from './in-process-bus.ts';

const logger = makeLogger({ service: 'test', level: 'silent' });

/** Outlives the buses of a test, as a table outlives a process. */
const journalInMemory = (): DeliveryJournal => {
  const kept = new Map<string, JournaledDelivery>();
  const idOf = (consumer: string, eventId: string): string => `${consumer} ${eventId}`;
  return {
    append: async (deliveries) => {
      for (const one of deliveries) {
        const id = idOf(one.consumer, one.envelope.event_id);
        if (!kept.has(id)) kept.set(id, { consumer: one.consumer, envelope: one.envelope });
      }
    },
    remove: async (finished) => {
      for (const { consumer, eventId } of finished) kept.delete(idOf(consumer, eventId));
    },
    load: () => Promise.resolve([...kept.values()]),
  };
};

const openJournal = async (store: StoreName): Promise<DeliveryJournal> => {
  const { store: opened } = await openToolbox(store, { name: 'bus', migrations: journalMigrations });
  return opened.kind === 'memory' ? journalInMemory() : sqlJournal(opened.database);
};

for (const store of STORES)
  busContract(`the bus in a process, with its journal in ${store}`, async () => {
    const journal = await openJournal(store);
    return { make: () => new InProcessBus(journal, logger), clear: () => Promise.resolve() };
  });

describe.each(STORES)('its journal in %s', (store) => {
  let journal: DeliveryJournal;
  const buses: InProcessBus[] = [];
  const openBus = async (
    ...subscriptions: readonly { subscription: Subscription }[]
  ): Promise<InProcessBus> => {
    const bus = new InProcessBus(journal, logger);
    for (const { subscription } of subscriptions) bus.subscribe(subscription);
    await bus.start();
    buses.push(bus);
    return bus;
  };
  const down = () => testConsumer('down', () => Promise.reject(new Error('down')));

  beforeEach(async () => {
    journal = await openJournal(store);
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.stop()));
  });

  it('keeps no event without a consumer', async () => {
    const viewer: Subscription = { ...testConsumer('views').subscription, topics: ['product.viewed'] };
    const bus = await openBus({ subscription: viewer });
    await bus.publish([goneEnvelope()]);
    expect(await journal.load()).toEqual([]);
  });

  it('keeps an event until it is handled', async () => {
    const bus = await openBus(testConsumer('done'), down());
    const events = [goneEnvelope(1), goneEnvelope(2)];
    await bus.publish(events);
    await bus.caughtUp('done');
    await until(async () => (await journal.load()).length === 2);
    expect(bus.totalLag()).toBe(2);
    await bus.stop();
    expect(await journal.load()).toEqual(events.map((envelope) => ({ consumer: 'down', envelope })));
  });

  it('keeps the order of all events, whatever their key', async () => {
    const mail = testConsumer('mail');
    const bus = await openBus(mail);
    for (const version of [1, 2, 3, 4, 5]) await bus.publish([goneEnvelope(version)]);
    await bus.caughtUp('mail');
    expect([versionsOf(mail.received), bus.totalLag()]).toEqual([[1, 2, 3, 4, 5], 0]);
  });

  it('keeps one delivery of an event that is published twice', async () => {
    const bus = await openBus(down());
    const event = goneEnvelope();
    await bus.publish([event]);
    await bus.publish([event]);
    expect(await journal.load()).toEqual([{ consumer: 'down', envelope: event }]);
  });

  it('delivers no event that could not be stored', async () => {
    const bus = new InProcessBus(
      { ...journal, append: () => Promise.reject(new Error('disk full')) },
      logger,
    );
    bus.subscribe(testConsumer('mail').subscription);
    await expect(bus.publish([goneEnvelope()])).rejects.toThrow('disk full');
    expect(bus.lag('mail')).toBe(0);
  });
});

describe('a consumer that gathers', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gets what came during its turn together with what comes after it', async () => {
    const batches: number[][] = [];
    let end = (): void => undefined;
    const turn = new Promise<void>((resolve) => (end = resolve));
    const bus = new InProcessBus(noJournal, logger);
    bus.subscribe({
      ...testConsumer('figures').subscription,
      gatherMs: 1_000,
      handle: async (batch) => {
        batches.push([...versionsOf(batch)]);
        await turn;
      },
    });
    await bus.start();
    await vi.advanceTimersByTimeAsync(1_000); // its first turn, for which there is nothing
    await bus.publish([goneEnvelope(1)]);
    await vi.advanceTimersByTimeAsync(1);
    await bus.publish([goneEnvelope(2)]);
    end();
    await vi.advanceTimersByTimeAsync(500);
    await bus.publish([goneEnvelope(3)]);
    await vi.advanceTimersByTimeAsync(1_000);
    await bus.stop();
    expect(batches).toEqual([[1], [2, 3]]);
  });
});
