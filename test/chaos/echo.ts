import { setTimeout as pause } from 'node:timers/promises';
import { openKafkaClient } from '#adapters/kafka/kafka-client.platformatic.ts';
import { toMessage } from '#adapters/kafka/messages.ts';
import { openKafkaBus } from '#adapters/kafka/open-kafka-bus.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { eventTypes } from '#contracts/generated/events.ts';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { persistent } from '#test/kit/conditions.ts';
import type { TestFleet } from '#test/kit/fleet.ts';

/** Says every event a second time, some while after the first, and now and then something that is no good. */
export interface Echo {
  /** Ids of the poison messages that it has sent, with their types. */
  readonly poison: ReadonlyMap<string, EventType>;
  readonly repeated: () => number;
  stop(): Promise<void>;
}

const LATER_MS = 2_000;

/** An event of the same kind whose payload breaks its contract. */
const spoil = (envelope: EventEnvelope): EventEnvelope =>
  JSON.parse(
    JSON.stringify({ ...envelope, event_id: systemIds.next(), payload: { spoiled: true } }),
  ) as EventEnvelope;

/** @param isPoisoned decides which events are followed by a poison message of their kind */
export const startEcho = async (
  { engines }: TestFleet,
  isPoisoned: (type: EventType) => boolean,
): Promise<Echo> => {
  const env = { KAFKA_BROKERS: engines.kafka.brokers.join(',') };
  const logger = makeLogger({ service: 'echo', level: 'silent' });
  const bus = openKafkaBus(env, logger);
  const client = openKafkaClient(engines.kafka.brokers); // a bus would refuse to send poison
  const seen = new Set<string>();
  const poison = new Map<string, EventType>();
  bus.subscribe({
    consumer: 'echo',
    topics: eventTypes.filter((type) => !type.startsWith('product.')),
    handle: async (batch) => {
      const fresh = batch.filter(({ event_id }) => !seen.has(event_id) && !poison.has(event_id));
      if (fresh.length === 0) return;
      for (const { event_id } of fresh) seen.add(event_id);
      await pause(LATER_MS); // when the first has had its effect
      await persistent(() => bus.publish(fresh));
      for (const envelope of fresh.filter(({ event_type }) => isPoisoned(event_type))) {
        const spoiled = spoil(envelope);
        poison.set(spoiled.event_id, spoiled.event_type);
        await persistent(() => client.send([toMessage('', spoiled)]));
      }
    },
  });
  await bus.start();
  return {
    poison,
    repeated: () => seen.size,
    stop: async () => {
      await bus.stop();
      await client.close();
    },
  };
};
