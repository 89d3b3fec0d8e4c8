import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Outage } from '../resilience/policy.ts';

/** A bucket of Amazon S3, or of a server that speaks its language. */
export interface S3Bucket {
  readonly bucket: string;
  readonly region: string;
  /** Of another server than Amazon's. */
  readonly endpoint: string | undefined;
  /** From the environment or the machine's role when absent. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly timeoutMs: number;
}

const nothing = (): void => undefined;
/** By default it writes to the console. What fails is thrown, and logged by the caller. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

export const s3Client = ({ region, endpoint, credentials, timeoutMs }: Omit<S3Bucket, 'bucket'>): S3Client =>
  new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
    maxAttempts: 3,
    logger: SILENT,
    requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs, socketTimeout: timeoutMs },
  });

/**
 * Anything that the storage refuses is our fault or its own, never that of a client: throws `Outage`.
 * @param storage what does not respond, for the message
 */
export const orOutage = async <T>(storage: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw new Outage(`${storage} does not respond as it should`, { cause: error });
  }
};

/** Stores a file of this machine, completely or not at all. */
export const putFile = async (
  client: S3Client,
  Bucket: string,
  Key: string,
  path: string,
  ContentType: string,
): Promise<void> => {
  const { size: ContentLength } = await stat(path);
  const Body = createReadStream(path);
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength, ContentType }));
};
