import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UNREADABLE } from '#adapters/events/unreadable.ts';
import { busContract, testConsumer } from '#adapters/messaging/event-bus.contract.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { kafka } from '#scripts/engines/kafka.ts';
import { until } from '#test/kit/conditions.ts';
import { goneEnvelope, versionsOf } from '#test/kit/events.ts';
import { kafkaBuses, type KafkaBuses } from '#test/kit/kafka.ts';
import { startPrivateEngine } from '#test/kit/private-engine.ts';
import type { KafkaBus } from './kafka-bus.ts';

busContract('the bus on Kafka', async () => {
  const { make } = kafkaBuses();
  return { make, clear: () => Promise.resolve() };
});

describe('the bus between processes', () => {
  let buses: KafkaBuses;
  const opened: KafkaBus[] = [];
  const openBus = async (...consumers: readonly ReturnType<typeof testConsumer>[]): Promise<KafkaBus> => {
    const bus = buses.make();
    for (const { subscription } of consumers) bus.subscribe(subscription);
    opened.push(bus);
    await bus.start();
    return bus;
  };
  const idsOf = (events: readonly EventEnvelope[]): readonly string[] =>
    events.map(({ event_id }) => event_id);

  beforeEach(() => {
    buses = kafkaBuses();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((bus) => bus.stop()));
  });

  it('shares the partitions of a consumer among its instances, and reassigns them when one leaves', async () => {
    const [one, other] = [testConsumer('stock'), testConsumer('stock')];
    const first = await openBus(one);
    const second = await openBus(other);
    await until(async () => {
      await first.publish([goneEnvelope()]);
      return one.received.length > 0 && other.received.length > 0;
    });
    await first.caughtUp('stock');

    const shared = Array.from({ length: 60 }, () => goneEnvelope());
    await first.publish(shared);
    await first.caughtUp('stock');
    const handled = idsOf([...one.received, ...other.received]);
    expect(idsOf(shared).filter((id) => handled.filter((one) => one === id).length !== 1)).toEqual([]);
    const isShared = ({ event_id }: EventEnvelope): boolean => idsOf(shared).includes(event_id);
    expect(
      Math.min(one.received.filter(isShared).length, other.received.filter(isShared).length),
    ).toBeGreaterThan(0);

    await first.stop();
    const rest = Array.from({ length: 30 }, () => goneEnvelope());
    await second.publish(rest);
    await second.caughtUp('stock');
    expect(idsOf(other.received)).toEqual(expect.arrayContaining([...idsOf(rest)]));
  });

  it('also delivers messages that are not events, wrapped so that they can be parked', async () => {
    const mail = testConsumer('mail');
    const bus = await openBus(mail);
    const client = buses.client();
    const topic = `${buses.prefix}product.deleted`;
    await client.send(['nonsense', '{}', 'null'].map((value) => ({ topic, key: 'k', value, headers: {} })));
    await client.close();
    await bus.publish([goneEnvelope(7)]);
    await bus.caughtUp('mail');
    const wrapped = mail.received.filter(({ event_version }) => event_version === UNREADABLE);
    const bytes = (base64: unknown): string => Buffer.from(String(base64), 'base64').toString();
    expect(wrapped.map(({ payload }) => 'base64' in payload && bytes(payload.base64))).toEqual([
      'nonsense',
      '{}',
      'null',
    ]);
    expect(versionsOf(mail.received.filter((event) => !wrapped.includes(event)))).toEqual([7]);
  });

  it('loses nothing and keeps the order when its broker restarts', async () => {
    const broker = await startPrivateEngine(kafka);
    try {
      const { brokers } = z.object({ brokers: z.array(z.string()) }).parse(broker.addresses);
      buses = kafkaBuses(brokers.join());
      const mail = testConsumer('mail');
      const bus = await openBus(mail);
      const product = systemIds.next();
      const events = Array.from({ length: 200 }, (_, index) => goneEnvelope(index + 1, product));
      let published = 0;
      /** As the relay does it: what failed is tried again. */
      const publishAll = async (): Promise<void> => {
        while (published < events.length) {
          const batch = events.slice(published, published + 5);
          published += await bus.publish(batch).then(
            () => batch.length,
            () => 0,
          );
        }
      };
      await until(() => bus.publish(events.slice(0, 1)).then(() => true));
      await until(() => mail.received.length > 0);
      await broker.kill();
      const publishing = publishAll();
      await broker.revive();
      await publishing;
      await until(() =>
        bus.caughtUp('mail').then(
          () => true,
          () => false,
        ),
      );

      const firsts = new Map(mail.received.map((event) => [event.event_id, event])); // repeats keep their first place
      expect(versionsOf([...firsts.values()])).toEqual(versionsOf(events));
      await bus.stop();
      opened.splice(opened.indexOf(bus), 1);
    } finally {
      await broker.stop();
    }
  }, 120_000);
});
