import { z } from 'zod';
import { InvalidConfig, readConfig } from '../service/config.ts';
import { readTls, type Tls } from '../service/tls.ts';

const DAY_MS = 86_400_000;

/** How a client authenticates brokers and itself. */
export interface KafkaSecurity {
  /** Unencrypted if absent. */
  readonly tls?: Tls;
  readonly sasl?: Sasl;
}

export interface Sasl {
  /** PLAIN sends the password unencrypted. */
  readonly mechanism: (typeof MECHANISMS)[number];
  readonly username: string;
  readonly password: string;
}

const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

export interface KafkaSettings {
  /** `host:port` of some brokers. */
  readonly brokers: readonly string[];
  readonly security: KafkaSecurity;
  /** The prefix of topics and groups, if several shops share a cluster. */
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
  // Inboxes remember for 30 days, so no event still in a topic can be mistaken for a new one.
  KAFKA_RETENTION_MS: z.coerce
    .number()
    .int()
    .min(1)
    .max(29 * DAY_MS)
    .default(7 * DAY_MS),
};

type Env = Readonly<Record<string, string | undefined>>;

const SECURITY = {
  KAFKA_TLS: z.stringbool().default(false),
  KAFKA_SASL_MECHANISM: z.enum(MECHANISMS).optional(),
};
const CREDENTIALS = { KAFKA_SASL_USERNAME: z.string().min(1), KAFKA_SASL_PASSWORD: z.string().min(1) };

const readSecurity = (env: Env): KafkaSecurity => {
  const { KAFKA_TLS: isEncrypted, KAFKA_SASL_MECHANISM: mechanism } = readConfig(SECURITY, env);
  const tls = readTls('KAFKA_TLS', env);
  if (!isEncrypted && (tls.ca ?? tls.cert))
    throw new InvalidConfig(['KAFKA_TLS: must be true where there are certificates']);
  const named = Object.keys(CREDENTIALS).find((name) => (env[name] ?? '') !== '');
  if (mechanism === undefined && named !== undefined)
    throw new InvalidConfig([`KAFKA_SASL_MECHANISM: is missing, there is ${named}`]);
  const secured = isEncrypted ? { tls } : {};
  if (mechanism === undefined) return secured;
  const { KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = readConfig(CREDENTIALS, env);
  return { ...secured, sasl: { mechanism, username, password } };
};

/** Throws `InvalidConfig`. */
export const readKafkaSettings = (env: Env): KafkaSettings => {
  const read = readConfig(SETTINGS, env);
  return {
    brokers: read.KAFKA_BROKERS,
    security: readSecurity(env),
    prefix: read.KAFKA_PREFIX,
    partitions: read.KAFKA_PARTITIONS,
    replicas: read.KAFKA_REPLICAS,
    retentionMs: read.KAFKA_RETENTION_MS,
  };
};
