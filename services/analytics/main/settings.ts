import { z } from 'zod';
import { InvalidConfig, msSetting, readConfig } from '#adapters/service/config.ts';
import { MINUTE, SECOND } from '#kernel/clock.ts';
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

const LAKE_SETTINGS = {
  /** A folder. */
  ANALYTICS_LAKE: z.string().min(1).optional(),
  ANALYTICS_LAKE_MS: msSetting(5 * MINUTE),
  ANALYTICS_S3_BUCKET: z.string().min(1).optional(),
  ANALYTICS_S3_PREFIX: z
    .string()
    .regex(/^([\w.-]+\/)*$/, 'must end with /')
    .default('lake/'),
  ANALYTICS_S3_REGION: z.string().min(1).default('us-east-1'),
  /** Of another server than Amazon's. */
  ANALYTICS_S3_ENDPOINT: z.url().optional(),
  /** From the environment or the machine's role when absent. */
  ANALYTICS_S3_ACCESS_KEY: z.string().min(1).optional(),
  ANALYTICS_S3_SECRET_KEY: z.string().min(1).optional(),
  ANALYTICS_S3_TIMEOUT_MS: msSetting(10 * SECOND),
};

/** Where the lake is, in a folder or a bucket, if there is one, and how often it is written. */
export const readLake = (env: Env) => {
  const settings = readConfig(LAKE_SETTINGS, env);
  const { ANALYTICS_S3_ACCESS_KEY: accessKeyId, ANALYTICS_S3_SECRET_KEY: secretAccessKey } = settings;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    throw new InvalidConfig(['ANALYTICS_S3_ACCESS_KEY, ANALYTICS_S3_SECRET_KEY: both or none']);
  const { ANALYTICS_LAKE: folder, ANALYTICS_S3_BUCKET: bucket } = settings;
  return {
    everyMs: settings.ANALYTICS_LAKE_MS,
    folder,
    bucket:
      bucket === undefined
        ? undefined
        : {
            bucket,
            prefix: settings.ANALYTICS_S3_PREFIX,
            region: settings.ANALYTICS_S3_REGION,
            endpoint: settings.ANALYTICS_S3_ENDPOINT,
            credentials:
              accessKeyId !== undefined && secretAccessKey !== undefined
                ? { accessKeyId, secretAccessKey }
                : undefined,
            timeoutMs: settings.ANALYTICS_S3_TIMEOUT_MS,
          },
  };
};

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
