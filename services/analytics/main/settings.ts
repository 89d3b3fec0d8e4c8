import { z } from 'zod';
import { InvalidConfig, msSetting, readConfig } from '#adapters/service/config.ts';
import { SECOND } from '#kernel/clock.ts';
import { isTimeZone } from '#kernel/local-time.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** `host:port` of some nodes. */
export const CONTACTS = {
  CASSANDRA_CONTACTS: z
    .string()
    .min(1)
    .transform((list) => list.split(',')),
};

/** The time zone in which hours and days begin. */
export const readTimeZone = (env: Env): string =>
  readConfig(
    { ANALYTICS_TIME_ZONE: z.string().default('Europe/Berlin').refine(isTimeZone, 'must be a time zone') },
    env,
  ).ANALYTICS_TIME_ZONE;

/** The file of a warehouse that one process has for itself. */
export const readFile = (env: Env): string =>
  readConfig({ ANALYTICS_FILE: z.string().min(1) }, env).ANALYTICS_FILE;

/** How to reach Cassandra, and where the warehouse is in it. */
export const readCassandra = (env: Env) => {
  const settings = readConfig(
    {
      ...CONTACTS,
      CASSANDRA_DATA_CENTER: z
        .string()
        .regex(/^[\w.-]{1,48}$/, 'must be letters, digits, _, . and -')
        .default('datacenter1'),
      CASSANDRA_KEYSPACE: z
        .string()
        .regex(/^[a-z][a-z0-9_]{0,47}$/, 'must be lower-case letters, digits and _')
        .default('analytics'),
      CASSANDRA_REPLICATION: z.coerce.number().int().min(1).max(9).default(1),
      CASSANDRA_TIMEOUT_MS: msSetting(10 * SECOND),
      CASSANDRA_TLS: z.enum(['true', 'false']).default('false'),
      CASSANDRA_USERNAME: z.string().optional(),
      CASSANDRA_PASSWORD: z.string().optional(),
    },
    env,
  );
  const { CASSANDRA_USERNAME: username, CASSANDRA_PASSWORD: password } = settings;
  if ((username === undefined) !== (password === undefined))
    throw new InvalidConfig(['CASSANDRA_USERNAME and CASSANDRA_PASSWORD are set together']);
  return {
    contacts: settings.CASSANDRA_CONTACTS,
    dataCenter: settings.CASSANDRA_DATA_CENTER,
    keyspace: settings.CASSANDRA_KEYSPACE,
    replication: settings.CASSANDRA_REPLICATION,
    timeoutMs: settings.CASSANDRA_TIMEOUT_MS,
    isEncrypted: settings.CASSANDRA_TLS === 'true',
    ...(username !== undefined && password !== undefined && { credentials: { username, password } }),
  };
};
