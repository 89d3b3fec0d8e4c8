import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Outage } from '#adapters/resilience/policy.ts';
import type { LakeFiles } from '../lake/lake-files.ts';

export interface LakeBucket {
  readonly bucket: string;
  /** Before each key: `lake/`. */
  readonly prefix: string;
  readonly region: string;
  /** Of another server than Amazon's. */
  readonly endpoint: string | undefined;
  /** From the environment or the machine's role when absent. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly timeoutMs: number;
}

const TYPE = 'application/vnd.apache.parquet';
const nothing = (): void => undefined;
/** By default it writes to the console. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Files in a bucket of Amazon S3, or of a server that speaks its language: there, an object appears completely or not at all. */
export const s3Files = ({
  bucket: Bucket,
  prefix,
  region,
  endpoint,
  credentials,
  timeoutMs,
}: LakeBucket): LakeFiles => {
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
    maxAttempts: 3,
    logger: SILENT,
    requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs, socketTimeout: timeoutMs },
  });
  return {
    put: async (key, path) => {
      try {
        const { size: ContentLength } = await stat(path);
        const Body = createReadStream(path);
        await client.send(
          new PutObjectCommand({ Bucket, Key: prefix + key, Body, ContentLength, ContentType: TYPE }),
        );
      } catch (error) {
        throw new Outage('the bucket of the lake does not respond as it should', { cause: error });
      }
    },
  };
};
