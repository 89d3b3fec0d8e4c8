import { z } from 'zod';
import { readConfig } from '../service/config.ts';

const DAY_MS = 86_400_000;

export interface KafkaSettings {
  /** `host:port` of some brokers. */
  readonly brokers: readonly string[];
  /** Before the names of topics and groups, where several shops share a cluster. */
  readonly prefix: string;
  readonly partitions: number;
  readonly replicas: number;
  readonly retentionMs: number;
}

const SETTINGS = {
  KAFKA_BROKERS: z
    .string()
    .transform((list) => list.split(',').map((broker) => broker.trim()))
    .pipe(z.array(z.string().regex(/^\S+:\d+$/, 'must be host:port')).min(1)),
  KAFKA_PREFIX: z.string().default(''),
  KAFKA_PARTITIONS: z.coerce.number().int().min(1).default(6),
  KAFKA_REPLICAS: z.coerce.number().int().min(-1).default(-1),
  // Inboxes remember for 30 days, so that nothing a topic still holds can be taken for new.
  KAFKA_RETENTION_MS: z.coerce
    .number()
    .int()
    .min(1)
    .max(29 * DAY_MS)
    .default(7 * DAY_MS),
};

/** Throws `InvalidConfig`. */
export const readKafkaSettings = (env: Readonly<Record<string, string | undefined>>): KafkaSettings => {
  const read = readConfig(SETTINGS, env);
  return {
    brokers: read.KAFKA_BROKERS,
    prefix: read.KAFKA_PREFIX,
    partitions: read.KAFKA_PARTITIONS,
    replicas: read.KAFKA_REPLICAS,
    retentionMs: read.KAFKA_RETENTION_MS,
  };
};
