import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { orOutage as orOutageOf, putFile, s3Client, type S3Bucket } from '#adapters/s3/s3-client.ts';
import { after, MINUTE, SECOND } from '#kernel/clock.ts';
import type { BlobStore, ByteRange } from '../../core/ports/blob-store.ts';
import type { DirectUploads } from '../../core/ports/tools.ts';

export interface S3Options extends S3Bucket {
  /** Where clients reach it, if not at `endpoint`. */
  readonly publicEndpoint: string | undefined;
}

/** How long a client may send what it has announced. */
const PERMIT_MS = 15 * MINUTE;

const orOutage = <T>(work: () => Promise<T>): Promise<T> => orOutageOf('the object storage', work);

const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;

/** Files in a bucket of Amazon S3, or of a server that speaks its language. */
export const s3Blobs = (options: S3Options): BlobStore & DirectUploads => {
  const { bucket: Bucket, publicEndpoint } = options;
  const client = s3Client(options);
  const forClients =
    publicEndpoint === undefined ? client : s3Client({ ...options, endpoint: publicEndpoint });
  return {
    put: (key, path, contentType) => orOutage(() => putFile(client, Bucket, key, path, contentType)),
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
