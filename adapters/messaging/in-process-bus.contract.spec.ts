import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeLogger } from '#adapters/observability/logger.ts';
import { journalMigrations, sqlJournal } from '#adapters/postgres/sql-journal.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { until } from '#test/kit/conditions.ts';
import { goneEnvelope, versionsOf } from '#test/kit/events.ts';
import { closeDatabase, openToolbox, STORES, type StoreName } from '#test/kit/toolbox.ts';
import { InProcessBus, type Delivery, type DeliveryJournal } from './in-process-bus.ts';

const logger = makeLogger({ service: 'test', level: 'silent' });

/** Outlives the buses of a test, as a table outlives a process. */
const journalInMemory = (): DeliveryJournal => {
  const kept = new Map<string, Delivery>();
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

/** Takes everything, or as long as `handle` lets it. */
const consumer = (
  name: string,
  handle: (batch: readonly EventEnvelope[]) => Promise<void> = () => Promise.resolve(),
) => {
  const received: EventEnvelope[] = [];
  const subscription: Subscription = {
    consumer: name,
    topics: ['product.deleted'],
    handle: async (batch) => {
      await handle(batch);
      received.push(...batch);
    },
  };
  return { received, subscription };
};

afterAll(closeDatabase);

describe.each(STORES)('the bus in a process, with its journal in %s', (store) => {
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

  beforeEach(async () => {
    journal = await openJournal(store);
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.stop()));
  });

  it('brings every event to every consumer, in order', async () => {
    const [mail, stock] = [consumer('mail'), consumer('stock')];
    const bus = await openBus(mail, stock);
    const events = [1, 2, 3, 4, 5].map((version) => goneEnvelope(version));
    await bus.publish(events.slice(0, 2));
    await bus.publish(events.slice(2));
    await Promise.all([bus.caughtUp('mail'), bus.caughtUp('stock')]);
    expect(mail.received).toEqual(events);
    expect(stock.received).toEqual(events);
    expect(bus.totalLag()).toBe(0);
  });

  it('brings a consumer its own topics only, and keeps nothing for nobody', async () => {
    const viewer: { subscription: Subscription } = {
      subscription: {
        consumer: 'views',
        topics: ['product.viewed'],
        handle: () => Promise.reject(new Error()),
      },
    };
    const bus = await openBus(viewer);
    await bus.publish([goneEnvelope()]);
    expect(bus.lag('views')).toBe(0);
    expect(await journal.load()).toEqual([]);
  });

  it('gives a consumer one batch at a time', async () => {
    let isBusy = false;
    let overlaps = 0;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const slow = consumer('slow', async () => {
      if (isBusy) overlaps += 1;
      isBusy = true;
      await promise;
      isBusy = false;
    });
    const bus = await openBus(slow);
    await bus.publish([goneEnvelope(1)]);
    await bus.publish([goneEnvelope(2)]);
    await bus.publish([goneEnvelope(3)]);
    expect(bus.lag('slow')).toBe(3);
    resolve(undefined);
    await bus.caughtUp('slow');
    expect([overlaps, versionsOf(slow.received)]).toEqual([0, [1, 2, 3]]);
  });

  it('brings a batch again that was rejected, before anything newer, and holds nobody else up', async () => {
    let rejections = 2;
    const tried: (readonly number[])[] = [];
    const failing = consumer('failing', async (batch) => {
      tried.push(versionsOf(batch));
      rejections -= 1;
      if (rejections >= 0) throw new Error('not now');
    });
    const other = consumer('other');
    const bus = await openBus(failing, other);
    await bus.publish([goneEnvelope(1), goneEnvelope(2)]);
    await bus.caughtUp('other');
    await bus.publish([goneEnvelope(3)]);
    await bus.caughtUp('failing');
    expect(versionsOf(failing.received)).toEqual([1, 2, 3]);
    expect(tried.map(([first]) => first)).toEqual(tried.map((_, index) => (index < 3 ? 1 : 3)));
    expect(tried.length).toBeGreaterThanOrEqual(3);
  });

  it('gives each consumer, and each try, a copy of its own', async () => {
    let tries = 0;
    const vandal = consumer('vandal', async (batch) => {
      for (const { payload } of batch) Object.assign(payload, { product_id: 'scribble' });
      tries += 1;
      if (tries === 1) throw new Error('again');
    });
    const seen: unknown[] = [];
    const witness = (name: string) =>
      consumer(name, async (batch) => void seen.push(...batch.map(({ payload }) => ({ ...payload }))));
    let isFirst = true;
    const retried = consumer('retried', async (batch) => {
      seen.push(...batch.map(({ payload }) => ({ ...payload })));
      for (const { payload } of batch) Object.assign(payload, { product_id: 'scribble' });
      if (isFirst) {
        isFirst = false;
        throw new Error('again');
      }
    });
    const bus = await openBus(vandal, witness('a'), retried);
    const event = goneEnvelope();
    const published = structuredClone(event);
    await bus.publish([event]);
    Object.assign(event.payload, { product_id: 'scribble' });
    await Promise.all(['vandal', 'a', 'retried'].map((name) => bus.caughtUp(name)));
    expect(seen).toEqual([published.payload, published.payload, published.payload]);
  });

  it('brings after a restart what was not handled before it, and only that', async () => {
    const events = [goneEnvelope(1), goneEnvelope(2)];
    const done = consumer('done');
    const down = consumer('down', () => Promise.reject(new Error('down')));
    const first = await openBus(done, down);
    await first.publish(events);
    await first.caughtUp('done');
    await until(async () => (await journal.load()).length === 2);
    await first.stop();

    const [doneAgain, upAgain] = [consumer('done'), consumer('down')];
    const second = await openBus(doneAgain, upAgain);
    await second.caughtUp('down');
    expect(doneAgain.received).toEqual([]);
    expect(upAgain.received).toEqual(events);
    await second.stop();
    expect(await journal.load()).toEqual([]);
  });

  it('keeps one delivery of an event that is published twice', async () => {
    const down = consumer('down', () => Promise.reject(new Error('down')));
    const bus = await openBus(down);
    const event = goneEnvelope();
    await bus.publish([event]);
    await bus.publish([event]);
    expect(await journal.load()).toEqual([{ consumer: 'down', envelope: event }]);
  });

  it('takes no event that breaks its contract, nor any that came with it', async () => {
    const mail = consumer('mail');
    const bus = await openBus(mail);
    const broken = { ...goneEnvelope(), payload: { product_id: 'nonsense' } } as unknown as EventEnvelope;
    await expect(bus.publish([goneEnvelope(), broken])).rejects.toThrow('product.deleted');
    const unknown = { ...goneEnvelope(), event_version: '99.0' };
    await expect(bus.publish([unknown])).rejects.toThrow('unknown version');
    expect([bus.lag('mail'), await journal.load()]).toEqual([0, []]);
  });

  it('publishes nothing that its journal did not take', async () => {
    const mail = consumer('mail');
    const bus = new InProcessBus(
      { ...journal, append: () => Promise.reject(new Error('disk full')) },
      logger,
    );
    bus.subscribe(mail.subscription);
    await expect(bus.publish([goneEnvelope()])).rejects.toThrow('disk full');
    expect(bus.lag('mail')).toBe(0);
  });

  it('has caught up at once with nothing to do, and with nobody', async () => {
    const bus = await openBus(consumer('mail'));
    await Promise.all([bus.caughtUp('mail'), bus.caughtUp('nobody')]);
    expect(bus.lag('nobody')).toBe(0);
  });

  it('lets a consumer finish the batch in hand when it stops', async () => {
    const begun = Promise.withResolvers<undefined>();
    const finish = Promise.withResolvers<undefined>();
    const slow = consumer('slow', async () => {
      begun.resolve(undefined);
      await finish.promise;
    });
    const bus = await openBus(slow);
    await bus.publish([goneEnvelope()]);
    await begun.promise;
    const stopped = bus.stop();
    finish.resolve(undefined);
    await stopped;
    expect(slow.received).toHaveLength(1);
    expect(await journal.load()).toEqual([]);
  });

  it('knows every consumer once', async () => {
    const bus = await openBus(consumer('mail'));
    expect(() => bus.subscribe(consumer('mail').subscription)).toThrow('mail');
  });
});
