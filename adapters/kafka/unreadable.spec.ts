import { beforeEach, describe, expect, it } from 'vitest';
import { makeLogger } from '#adapters/observability/logger.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import { openProbe } from '#test/contracts/probe.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { goneEnvelope, versionsOf } from '#test/kit/events.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { each } from '../messaging/consumer.ts';
import { KafkaBus } from './kafka-bus.ts';
import type { Consumption, KafkaClient } from './kafka-client.ts';

const settings = { prefix: '', partitions: 1, replicas: 1, retentionMs: 1_000 };
const RAW = Buffer.from([0xff, 0x00, 0x7b]);

describe.each(STORES)('a message from Kafka that is not an event, in %s', (store) => {
  const probe = forEachTest(() => openProbe(store));
  let joined: Consumption | undefined;
  let consumer: Subscription;
  let handled: number[];

  const receive = async (...values: readonly Uint8Array[]): Promise<void> => {
    const batch = values.map((value, index) => ({
      topic: 'product.deleted',
      partition: 3,
      offset: BigInt(40 + index),
      value,
    }));
    await joined?.handle(batch, new AbortController().signal);
  };
  const event = (version: number): Buffer => Buffer.from(JSON.stringify(goneEnvelope(version)));

  beforeEach(async () => {
    handled = [];
    consumer = makeConsumer(probe.toolbox, probe.unitOfWork, 'probe', {
      'product.deleted': each(async (_, one) => void handled.push(...versionsOf([one]))),
    });
    const client: KafkaClient = {
      createTopics: () => Promise.resolve(),
      send: () => Promise.resolve(),
      join: (consumption) => {
        joined = consumption;
        return { stop: () => Promise.resolve() };
      },
      waiting: () => Promise.resolve(0),
      close: () => Promise.resolve(),
    };
    const bus = new KafkaBus({ client, settings, logger: makeLogger({ service: 'test', level: 'silent' }) });
    bus.subscribe(consumer);
    await bus.start();
    await bus.stop();
  });

  it('is parked with its offset and bytes, is counted, and delays no other message', async () => {
    await receive(event(1), RAW, event(2));
    const { deadLetters } = probe.toolbox.stores;
    const [letter, ...others] = await deadLetters.list(10);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      consumer: 'probe',
      error: expect.stringContaining('not JSON (product.deleted/3/41)'),
      envelope: {
        event_type: 'product.deleted',
        payload: {
          topic: 'product.deleted',
          partition: 3,
          offset: '41',
          bytes: 3,
          base64: RAW.toString('base64'),
        },
      },
    });
    expect(handled).toEqual([1, 2]);
    expect(await probe.toolbox.metrics.text()).toMatch(/events_parked_total\{consumer="probe".*\} 1/);
    await receive(event(1), RAW, event(2));
    expect(await deadLetters.list(10)).toHaveLength(1);
  });

  it('is parked again with the reason when it is redelivered', async () => {
    await receive(RAW);
    const { deadLetters } = probe.toolbox.stores;
    const [letter] = await deadLetters.list(10);
    const reopened = await deadLetters.reopen('probe', letter?.envelope.event_id ?? '');
    if (reopened) await consumer.handle([reopened.envelope]);
    const again = await deadLetters.find('probe', letter?.envelope.event_id ?? '');
    expect(again?.error).toContain('not JSON');
  });
});
