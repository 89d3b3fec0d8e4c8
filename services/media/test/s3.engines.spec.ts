import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { s3 } from '#scripts/engines/s3.ts';
import { forAllTests } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { startPrivateEngine, type PrivateEngine } from '#test/kit/private-engine.ts';
import { s3Blobs } from '../adapters/s3/s3-blobs.ts';
import { blobStoreContract } from './blob-store.contract.ts';
import { picture } from './media.mother.ts';
import { MEDIA, openMedia, OWNER, sha256Of, variantOf, type MediaService } from './media.rig.ts';

const Addresses = z.object({ url: z.string(), region: z.string(), user: z.string(), password: z.string() });

const server: PrivateEngine = await startPrivateEngine(s3);
const { url: endpoint, region, user, password } = Addresses.parse(server.addresses);
const credentials = { accessKeyId: user, secretAccessKey: password };

const newBucket = async (): Promise<string> => {
  const bucket = `b-${randomUUID()}`;
  const client = new S3Client({ region, endpoint, credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return bucket;
};

blobStoreContract('S3', async () =>
  s3Blobs({
    bucket: await newBucket(),
    region,
    endpoint,
    publicEndpoint: undefined,
    credentials,
    timeoutMs: 5_000,
  }),
);

describe('media in S3', () => {
  const media: MediaService = forAllTests(async () =>
    openMedia({
      MEDIA_S3_BUCKET: await newBucket(),
      MEDIA_S3_REGION: region,
      MEDIA_S3_ENDPOINT: endpoint,
      MEDIA_S3_ACCESS_KEY: user,
      MEDIA_S3_SECRET_KEY: password,
      MEDIA_S3_TIMEOUT_MS: '3000',
    }),
  );
  const announce = async (bytes: Uint8Array, changes: object = {}): Promise<Answered> =>
    media.send('POST', `${MEDIA}/uploads?purpose=review`, {
      token: await media.as(OWNER),
      body: { content_type: 'image/jpeg', bytes: bytes.length, sha256: sha256Of(bytes), ...changes },
    });
  const put = async ({ body }: Answered, bytes: Uint8Array, changes: object = {}): Promise<number> => {
    const { url, headers } = z
      .object({ url: z.string(), headers: z.record(z.string(), z.string()) })
      .parse(body);
    return (await fetch(url, { method: 'PUT', headers: { ...headers, ...changes }, body: bytes })).status;
  };
  const complete = async ({ body }: Answered, userId = OWNER): Promise<Answered> =>
    media.send('POST', `${MEDIA}/uploads/${String(body.media_id)}/complete`, {
      token: await media.as(userId),
    });

  it('is uploaded through the service and served as from a folder', async () => {
    const uploaded = await media.upload(await picture());
    const file = await media.file(variantOf(uploaded), { range: 'bytes=0-3' });
    expect([file.status, file.bytes.toString()]).toEqual([206, 'RIFF']);
  });

  it('is sent straight to the storage, and exists once it is completed', async () => {
    const bytes = await picture('jpeg', { width: 90 });
    const announced = await announce(bytes);
    expect(announced.status).toBe(201);
    expect(await complete(announced)).toMatchObject({ status: 409, body: { code: 'UPLOAD_INCOMPLETE' } });
    expect(await put(announced, bytes)).toBe(200);
    const name = `${sha256Of(bytes)}-small.webp`;
    expect((await media.file(`${MEDIA}/files/${name}`)).status).toBe(404);
    expect(await complete(announced, 'u-2')).toMatchObject({ status: 404 });
    const completed = await complete(announced);
    expect(completed).toMatchObject({ status: 200, body: { status: 'ready', width: 90 } });
    expect((await media.file(variantOf(completed))).status).toBe(200);
    expect(await complete(announced)).toMatchObject({ status: 200, body: completed.body });
  });

  it('is refused by the storage if length, type or checksum are not those that were announced', async () => {
    const bytes = await picture('jpeg', { width: 91 });
    const announced = await announce(bytes);
    const other = Buffer.from(bytes);
    other[other.length - 3] = (other[other.length - 3] ?? 0) ^ 1;
    const longer = Buffer.concat([bytes, Buffer.from('x')]);
    expect(await put(announced, longer, { 'content-length': String(longer.length) })).toBe(403);
    expect(await put(announced, bytes, { 'content-type': 'text/html' })).toBe(403);
    const sum = Buffer.from(sha256Of(other), 'hex').toString('base64');
    expect(await put(announced, other, { 'x-amz-checksum-sha256': sum })).toBe(403);
    expect(await put(announced, other)).toBe(400);
    expect(await complete(announced)).toMatchObject({ status: 409 });
  });

  it('is rejected if the file is not what it says', async () => {
    const bytes = Buffer.from('<!doctype html><script>alert(1)</script>');
    const announced = await announce(bytes);
    expect(await put(announced, bytes)).toBe(200);
    expect(await complete(announced)).toMatchObject({ status: 415 });
    expect(await complete(announced)).toMatchObject({ status: 404 });
  });

  it.each([
    [{ bytes: 100_000_000 }, 413],
    [{ content_type: 'text/html' }, 415],
    [{ content_type: 'image/svg+xml' }, 415],
  ])('is not announced as %j', async (changes, status) => {
    expect(await announce(await picture(), changes)).toMatchObject({ status });
  });

  it('is unavailable while the storage is away, and nothing is half stored', async () => {
    await server.kill();
    const bytes = await picture('jpeg', { width: 92 });
    expect(await media.upload(bytes)).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect((await media.file(`${MEDIA}/files/${sha256Of(bytes)}-small.webp`)).status).toBe(404);
    await server.revive();
    const again = await media.upload(bytes);
    expect(again).toMatchObject({ status: 201 });
    expect((await media.file(variantOf(again))).status).toBe(200);
  });
});
