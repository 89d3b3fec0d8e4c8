import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { derivedKey } from '#adapters/auth/derived-key.ts';
import { namedSecrets } from '#adapters/auth/named-secrets.ts';
import { InvalidConfig, msSetting, readConfig } from '#adapters/service/config.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { DAY } from '#kernel/clock.ts';

const MB = 1_024 * 1_024;

const megabytes = (otherwise: number) => z.coerce.number().min(0.001).max(200).default(otherwise);

const S3_SETTINGS = {
  MEDIA_S3_BUCKET: z.string().min(1),
  MEDIA_S3_REGION: z.string().min(1).default('us-east-1'),
  /** Of another server than Amazon's. */
  MEDIA_S3_ENDPOINT: z.url().optional(),
  /** Where clients reach it, if elsewhere. */
  MEDIA_S3_PUBLIC_ENDPOINT: z.url().optional(),
  /** From the environment or the machine's role when absent. */
  MEDIA_S3_ACCESS_KEY: z.string().min(1).optional(),
  MEDIA_S3_SECRET_KEY: z.string().min(1).optional(),
  MEDIA_S3_TIMEOUT_MS: msSetting(10_000),
};

const readS3 = (env: Toolbox['env']) => {
  const config = readConfig(S3_SETTINGS, env);
  const { MEDIA_S3_ACCESS_KEY: accessKeyId, MEDIA_S3_SECRET_KEY: secretAccessKey } = config;
  const hasBoth = accessKeyId !== undefined && secretAccessKey !== undefined;
  if (!hasBoth && accessKeyId !== secretAccessKey)
    throw new InvalidConfig(['MEDIA_S3_ACCESS_KEY, MEDIA_S3_SECRET_KEY: both or none']);
  return {
    bucket: config.MEDIA_S3_BUCKET,
    region: config.MEDIA_S3_REGION,
    endpoint: config.MEDIA_S3_ENDPOINT,
    publicEndpoint: config.MEDIA_S3_PUBLIC_ENDPOINT,
    credentials: hasBoth ? { accessKeyId, secretAccessKey } : undefined,
    timeoutMs: config.MEDIA_S3_TIMEOUT_MS,
  };
};

const SETTINGS = {
  /** Where files are stored, unless in S3. */
  MEDIA_DIRECTORY: z.string().min(1).optional(),
  /** Origin of the URLs of files; the gateway's when absent. */
  MEDIA_PUBLIC_URL: z
    .url()
    .transform((url) => new URL(url).origin)
    .optional(),
  MEDIA_URL_KEYS: namedSecrets.optional(),
  MEDIA_PICTURE_MB: megabytes(20),
  MEDIA_VIDEO_MB: megabytes(200),
  MEDIA_DRAWING_MB: megabytes(1),
  /** Of a customer. */
  MEDIA_CUSTOMER_FILES: z.coerce.number().int().min(1).max(10_000).default(500),
  MEDIA_CUSTOMER_UNUSED: z.coerce.number().int().min(1).max(10_000).default(20),
  MEDIA_CUSTOMER_MB: z.coerce.number().min(0.001).default(2_000),
  /** How long media of products stays that no product shows. */
  MEDIA_PRODUCT_DAYS: z.coerce.number().min(1).optional(),
  MEDIA_PIXELS: z.coerce.number().int().min(1).max(268_000_000).default(50_000_000),
  MEDIA_FRAMES: z.coerce.number().int().min(1).max(10_000).default(200),
  /** Pictures that are read or made at once. */
  MEDIA_ENCODERS: z.coerce.number().int().min(1).max(64).default(Math.min(availableParallelism(), 64)),
  /** Small files that are kept in memory. */
  MEDIA_CACHE_MB: z.coerce.number().min(0).default(16),
  MEDIA_CLAMD: z
    .string()
    .regex(/^[\w.-]+:\d{1,5}$/, 'must be host:port')
    .optional(),
  MEDIA_CLAMD_TIMEOUT_MS: msSetting(30_000),
  MEDIA_PURGE_URL: z.url().optional(),
  MEDIA_PURGE_AUTHORIZATION: z.string().min(1).optional(),
};

export type MediaSettings = ReturnType<typeof readSettings>;

/** Throws `InvalidConfig`. */
export const readSettings = ({ env, profile, key }: Pick<Toolbox, 'env' | 'profile' | 'key'>) => {
  const config = readConfig(SETTINGS, env);
  const s3 = env['MEDIA_S3_BUCKET'] === undefined ? undefined : readS3(env);
  if (profile !== 'memory' && config.MEDIA_DIRECTORY === undefined && !s3)
    throw new InvalidConfig(['MEDIA_DIRECTORY or MEDIA_S3_BUCKET: says where files are stored']);
  if (config.MEDIA_PURGE_URL !== undefined && config.MEDIA_PUBLIC_URL === undefined)
    throw new InvalidConfig(['MEDIA_PUBLIC_URL: a CDN must know the origin of the URLs']);
  const [clamdHost = '', clamdPort = ''] = config.MEDIA_CLAMD?.split(':') ?? [];
  return {
    s3,
    directory: config.MEDIA_DIRECTORY,
    spool: join(config.MEDIA_DIRECTORY ?? join(tmpdir(), `shop-media-${process.pid}`), 'spool'),
    urls: {
      origin: config.MEDIA_PUBLIC_URL ?? '',
      keys: config.MEDIA_URL_KEYS ?? [{ id: 'own', secret: derivedKey(key, 'media urls') }],
    },
    limits: {
      picture: config.MEDIA_PICTURE_MB * MB,
      video: config.MEDIA_VIDEO_MB * MB,
      drawing: config.MEDIA_DRAWING_MB * MB,
    },
    quota: {
      files: config.MEDIA_CUSTOMER_FILES,
      unused: config.MEDIA_CUSTOMER_UNUSED,
      bytes: config.MEDIA_CUSTOMER_MB * MB,
    },
    productGraceMs: config.MEDIA_PRODUCT_DAYS === undefined ? undefined : config.MEDIA_PRODUCT_DAYS * DAY,
    pictures: { pixels: config.MEDIA_PIXELS, frames: config.MEDIA_FRAMES },
    cacheBytes: config.MEDIA_CACHE_MB * MB,
    encoders: config.MEDIA_ENCODERS,
    clamd:
      config.MEDIA_CLAMD === undefined
        ? undefined
        : { host: clamdHost, port: Number(clamdPort), timeoutMs: config.MEDIA_CLAMD_TIMEOUT_MS },
    cdn:
      config.MEDIA_PURGE_URL === undefined
        ? undefined
        : { purgeUrl: config.MEDIA_PURGE_URL, authorization: config.MEDIA_PURGE_AUTHORIZATION },
  };
};
