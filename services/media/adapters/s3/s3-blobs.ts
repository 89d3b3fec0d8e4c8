import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Outage } from '#adapters/resilience/policy.ts';
import { after, MINUTE, SECOND } from '#kernel/clock.ts';
import type { BlobStore, ByteRange } from '../../core/ports/blob-store.ts';
import type { DirectUploads } from '../../core/ports/tools.ts';

export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  /** Of another server than Amazon's. */
  readonly endpoint: string | undefined;
  /** Where clients reach it, if not at `endpoint`. */
  readonly publicEndpoint: string | undefined;
  /** From the environment or the machine's role when absent. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly timeoutMs: number;
}

/** How long a client may send what it has announced. */
const PERMIT_MS = 15 * MINUTE;

const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;

/** Anything that the storage refuses is our fault or its own, never that of a client. */
const orOutage = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw new Outage('the object storage does not respond as it should', { cause: error });
  }
};

const nothing = (): void => undefined;
/** By default it writes to the console. What fails is thrown, and logged by the edge. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

const clientOf = ({ region, credentials, timeoutMs }: S3Options, endpoint: string | undefined): S3Client =>
  new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
    maxAttempts: 3,
    logger: SILENT,
    requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs, socketTimeout: timeoutMs },
  });

/** Files in a bucket of Amazon S3, or of a server that speaks its language. */
export const s3Blobs = (options: S3Options): BlobStore & DirectUploads => {
  const { bucket: Bucket, endpoint, publicEndpoint } = options;
  const client = clientOf(options, endpoint);
  const forClients = publicEndpoint === undefined ? client : clientOf(options, publicEndpoint);
  return {
    put: (Key, path, ContentType) =>
      orOutage(async () => {
        const { size: ContentLength } = await stat(path);
        const Body = createReadStream(path);
        await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength, ContentType }));
      }),
    sizeOf: (Key) =>
      orOutage(async () => {
        try {
          return (await client.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength;
        } catch (error) {
          if (isMissing(error)) return undefined;
          throw error;
        }
      }),
    open: async function* (Key: string, range?: ByteRange) {
      const Range = range && `bytes=${range.first}-${range.last}`;
      const { Body } = await orOutage(() => client.send(new GetObjectCommand({ Bucket, Key, Range })));
      if (Body) yield* Body as AsyncIterable<Uint8Array>;
    },
    remove: (keys) =>
      orOutage(async () => {
        // Separately: the request for several needs a checksum that not all servers accept.
        for (const Key of keys) await client.send(new DeleteObjectCommand({ Bucket, Key }));
      }),
    list: async function* (Prefix: string) {
      let ContinuationToken: string | undefined;
      do {
        const page = await orOutage(() =>
          client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken })),
        );
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
    },
    permit: async (Key, { type, bytes, sha256 }) => {
      const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
      const headers = {
        'content-type': type,
        'content-length': String(bytes),
        'x-amz-checksum-sha256': ChecksumSHA256,
      };
      const put = new PutObjectCommand({
        Bucket,
        Key,
        ContentType: type,
        ContentLength: bytes,
        ChecksumSHA256,
      });
      const now = new Date(); // the storage has a clock of its own
      const url = await getSignedUrl(forClients, put, {
        expiresIn: PERMIT_MS / SECOND,
        signingDate: now,
        // Headers and not parameters of the URL, so that another length, type or checksum has another signature.
        signableHeaders: new Set([...Object.keys(headers), 'host']),
        unhoistableHeaders: new Set(Object.keys(headers)),
      });
      return { url, headers, expiresAt: after(now, PERMIT_MS) };
    },
  };
};
