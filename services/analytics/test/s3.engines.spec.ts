import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { s3 } from '#scripts/engines/s3.ts';
import { startPrivateEngine } from '#test/kit/private-engine.ts';
import { s3Files } from '../adapters/s3/s3-files.ts';
import { lakeFilesContract } from './lake-files.contract.ts';

const Addresses = z.object({ url: z.string(), region: z.string(), user: z.string(), password: z.string() });

const server = await startPrivateEngine(s3);
const { url: endpoint, region, user, password } = Addresses.parse(server.addresses);
const credentials = { accessKeyId: user, secretAccessKey: password };
const client = new S3Client({ region, endpoint, credentials, forcePathStyle: true });
const lake = (bucket: string) =>
  s3Files({ bucket, prefix: 'lake/', region, endpoint, credentials, timeoutMs: 5_000 });

lakeFilesContract('S3', async () => {
  const bucket = `b-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    files: lake(bucket),
    read: async (key: string) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `lake/${key}` }));
      return (await Body?.transformToString()) ?? '';
    },
  };
});

it('a bucket that does not exist is an outage of the lake', async () => {
  await expect(lake('b-nowhere').put('a', import.meta.filename)).rejects.toThrow('the bucket of the lake');
});
