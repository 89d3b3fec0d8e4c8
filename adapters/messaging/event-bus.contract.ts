import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventBus, Subscription } from '#kernel/event-bus.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { until } from '#test/kit/conditions.ts';
import { goneEnvelope, versionsOf } from '#test/kit/events.ts';

/** Creates buses on one shared store or broker without earlier events. */
export interface BusMaker {
  /** Not started. */
  make(): EventBus;
  clear(): Promise<void>;
}

/** Accepts every event unless `handle` throws. */
export const testConsumer = (
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

/** What every bus must do. */
export const busContract = (name: string, openMaker: () => Promise<BusMaker>): void => {
  describe(name, () => {
    let maker: BusMaker;
    const buses: EventBus[] = [];
    const openBus = async (
      ...subscriptions: readonly { subscription: Subscription }[]
    ): Promise<EventBus> => {
      const bus = maker.make();
      for (const { subscription } of subscriptions) bus.subscribe(subscription);
      buses.push(bus);
      await bus.start();
      return bus;
    };
    /** Events of one product share a key, so their order is kept. */
    const story = (...versions: readonly number[]): readonly EventEnvelope[] => {
      const product = systemIds.next();
      return versions.map((version) => goneEnvelope(version, product));
    };

    beforeEach(async () => {
      maker = await openMaker();
    });
    afterEach(async () => {
      await Promise.all(buses.splice(0).map((bus) => bus.stop()));
      await maker.clear();
    });

    it('delivers every event to every consumer, in order per key', async () => {
      const [mail, stock] = [testConsumer('mail'), testConsumer('stock')];
      const bus = await openBus(mail, stock);
      const [one, other] = [story(1, 2, 3, 4, 5), story(1, 2, 3)];
      await bus.publish(one.slice(0, 2));
      await bus.publish([...one.slice(2), ...other]);
      await Promise.all([bus.caughtUp('mail'), bus.caughtUp('stock')]);
      for (const { received } of [mail, stock]) {
        const byKey = Map.groupBy(received, ({ key }) => key);
        expect([...byKey.values()]).toEqual(expect.arrayContaining([one, other]));
        expect(received).toHaveLength(8);
      }
    });

    it('delivers to a consumer its own topics only', async () => {
      const subscription: Subscription = {
        consumer: 'views',
        topics: ['product.viewed'],
        handle: () => Promise.reject(new Error()),
      };
      const bus = await openBus({ subscription });
      await bus.publish(story(1));
      await bus.caughtUp('views');
      expect(bus.lag('views')).toBe(0);
    });

    it('delivers more events than fit into one batch', async () => {
      const mail = testConsumer('mail');
      const bus = await openBus(mail);
      const versions = Array.from({ length: 1_000 }, (_, index) => index + 1);
      await bus.publish(story(...versions));
      await bus.caughtUp('mail');
      expect(versionsOf(mail.received)).toEqual(versions);
    });

    it('delivers one batch at a time to a consumer, and counts pending events', async () => {
      let isBusy = false;
      let overlaps = 0;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const slow = testConsumer('slow', async () => {
        if (isBusy) overlaps += 1;
        isBusy = true;
        await promise;
        isBusy = false;
      });
      const bus = await openBus(slow);
      for (const event of story(1, 2, 3)) await bus.publish([event]);
      await until(() => bus.lag('slow') === 3);
      resolve(undefined);
      await bus.caughtUp('slow');
      await until(() => bus.lag('slow') === 0);
      expect([overlaps, versionsOf(slow.received)]).toEqual([0, [1, 2, 3]]);
    });

    it('redelivers a rejected batch before newer events, without delaying other consumers', async () => {
      let rejections = 2;
      const tried: (readonly number[])[] = [];
      const failing = testConsumer('failing', async (batch) => {
        tried.push(versionsOf(batch));
        rejections -= 1;
        if (rejections >= 0) throw new Error('not now');
      });
      const other = testConsumer('other');
      const bus = await openBus(failing, other);
      const events = story(1, 2, 3);
      await bus.publish(events.slice(0, 2));
      await bus.caughtUp('other');
      await bus.publish(events.slice(2));
      await bus.caughtUp('failing');
      expect(versionsOf(failing.received)).toEqual([1, 2, 3]);
      expect(tried.slice(0, 3).map(([first]) => first)).toEqual([1, 1, 1]);
    });

    it('delivers a separate copy to each consumer, at each attempt', async () => {
      const seen: unknown[] = [];
      const scribble = async (batch: readonly EventEnvelope[]): Promise<void> => {
        for (const { payload } of batch) {
          seen.push({ ...payload });
          Object.assign(payload, { product_id: 'scribble' });
        }
      };
      let tries = 0;
      const retried = testConsumer('retried', async (batch) => {
        await scribble(batch);
        tries += 1;
        if (tries === 1) throw new Error('again');
      });
      const bus = await openBus(testConsumer('vandal', scribble), testConsumer('witness', scribble), retried);
      const [event = goneEnvelope()] = story(1);
      const { payload } = structuredClone(event);
      await bus.publish([event]);
      Object.assign(event.payload, { product_id: 'scribble' });
      await Promise.all(['vandal', 'witness', 'retried'].map((consumer) => bus.caughtUp(consumer)));
      expect(seen).toEqual([payload, payload, payload, payload]);
    });

    it('redelivers after a restart exactly the events that were not handled', async () => {
      const events = story(1, 2);
      const done = testConsumer('done');
      const down = testConsumer('down', () => Promise.reject(new Error('down')));
      const first = await openBus(done, down);
      await first.publish(events);
      await first.caughtUp('done');
      await first.stop();

      const [doneAgain, upAgain] = [testConsumer('done'), testConsumer('down')];
      const second = await openBus(doneAgain, upAgain);
      await Promise.all([second.caughtUp('down'), second.caughtUp('done')]);
      expect(doneAgain.received).toEqual([]);
      expect(upAgain.received).toEqual(events);
    });

    it('refuses an event that violates its contract, with all events published with it', async () => {
      const mail = testConsumer('mail');
      const bus = await openBus(mail);
      const broken = { ...goneEnvelope(), payload: { product_id: 'nonsense' } } as unknown as EventEnvelope;
      await expect(bus.publish([goneEnvelope(), broken])).rejects.toThrow('product.deleted');
      const unknown = { ...goneEnvelope(), event_version: '99.0' };
      await expect(bus.publish([unknown])).rejects.toThrow('unknown version');
      await bus.caughtUp('mail');
      expect([bus.lag('mail'), mail.received]).toEqual([0, []]);
    });

    it('has caught up at once without events or without the consumer', async () => {
      const bus = await openBus(testConsumer('mail'));
      await Promise.all([bus.caughtUp('mail'), bus.caughtUp('nobody')]);
      expect(bus.lag('nobody')).toBe(0);
    });

    it('lets a consumer finish its current batch when it stops, and does not redeliver it', async () => {
      const begun = Promise.withResolvers<undefined>();
      const finish = Promise.withResolvers<undefined>();
      const slow = testConsumer('slow', async () => {
        begun.resolve(undefined);
        await finish.promise;
      });
      const bus = await openBus(slow);
      await bus.publish(story(1));
      await begun.promise;
      const stopped = bus.stop();
      finish.resolve(undefined);
      await stopped;
      expect(slow.received).toHaveLength(1);

      const again = testConsumer('slow');
      const next = await openBus(again);
      await next.caughtUp('slow');
      expect(again.received).toEqual([]);
    });

    it('refuses a second subscription of a consumer', async () => {
      const bus = await openBus(testConsumer('mail'));
      expect(() => bus.subscribe(testConsumer('mail').subscription)).toThrow('mail');
    });
  });
};
