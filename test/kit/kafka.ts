import { randomUUID } from 'node:crypto';
import { KafkaBus } from '#adapters/kafka/kafka-bus.ts';
import type { KafkaClient } from '#adapters/kafka/kafka-client.ts';
import { openKafkaClient } from '#adapters/kafka/kafka-client.platformatic.ts';
import { readKafkaSettings } from '#adapters/kafka/settings.ts';
import { logger } from './log.ts';

export interface KafkaBuses {
  /** Before the names of their topics and groups. */
  readonly prefix: string;
  /** Another one on the same topics and groups; not started. */
  make(): KafkaBus;
  client(): KafkaClient;
}

/** Buses with topics and groups of their own, on the brokers of `KAFKA_BROKERS` if no others are named. */
export const kafkaBuses = (brokers = process.env['KAFKA_BROKERS']): KafkaBuses => {
  const settings = readKafkaSettings({
    KAFKA_BROKERS: brokers,
    KAFKA_PARTITIONS: '3',
    KAFKA_PREFIX: `${randomUUID()}.`,
  });
  const client = (): KafkaClient => openKafkaClient(settings.brokers);
  return {
    prefix: settings.prefix,
    client,
    make: () =>
      new KafkaBus({ client: client(), settings, logger, topics: ['product.deleted', 'product.viewed'] }),
  };
};
