import { describe, expect, it } from 'vitest';
import { STORES } from '#test/kit/toolbox.ts';
import { picture, video } from './media.mother.ts';
import { MEDIA, openMedia, OWNER_ID, type MediaService } from './media.rig.ts';
import { reviewed } from './media.events.ts';

const AT_ONCE = 8;
const EXCEEDED = { status: 409, body: { code: 'MEDIA_QUOTA_EXCEEDED' } };

const asCustomer = async (media: MediaService, bytes?: Uint8Array) =>
  media.upload(bytes ?? (await picture()), { token: await media.as(OWNER_ID) });

describe.each(STORES)('the quota of a customer in %s', (store) => {
  it('holds for uploads at once, and is free again when media is deleted or used', async () => {
    const media = await openMedia({ MEDIA_CUSTOMER_UNUSED: '3' }, store);
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => asCustomer(media)));
    const [stored, refused] = [201, 409].map((wanted) => answers.filter(({ status }) => status === wanted));
    expect(stored).toHaveLength(3);
    expect(refused).toHaveLength(AT_ONCE - 3);
    expect(refused?.[0]).toMatchObject(EXCEEDED);
    const [one, other] = stored?.map(({ body }) => String(body.media_id)) ?? [];
    const token = await media.as(OWNER_ID);
    expect(await media.send('DELETE', `${MEDIA}/${one ?? ''}`, { token })).toMatchObject({ status: 204 });
    expect(await asCustomer(media)).toMatchObject({ status: 201 });
    expect(await asCustomer(media)).toMatchObject(EXCEEDED);
    await media.hear(reviewed(1, 'pending', [other]));
    expect(await asCustomer(media)).toMatchObject({ status: 201 });
    await media.hear(reviewed(2, 'deleted', []));
    expect(await asCustomer(media)).toMatchObject(EXCEEDED);
  });

  it.each([
    ['the same file', () => picture()],
    ['different files', (at: number) => Promise.resolve(video(1_000 + at))],
  ])('lets 20 uploads of %s at once all succeed', async (_, fileAt) => {
    const media = await openMedia({ MEDIA_CUSTOMER_UNUSED: '20' }, store);
    const files = await Promise.all(Array.from({ length: 20 }, (__, at) => fileAt(at)));
    const answers = await Promise.all(files.map((bytes) => asCustomer(media, bytes)));
    expect(answers.map(({ status, body }) => `${status} ${String(body.code)}`)).toEqual(
      files.map(() => '201 undefined'),
    );
    expect(await asCustomer(media)).toMatchObject(EXCEEDED);
  });

  it('limits the bytes of all files, also of uploads at once', async () => {
    const media = await openMedia({ MEDIA_CUSTOMER_MB: '0.1' }, store);
    const answers = await Promise.all(Array.from({ length: 4 }, () => asCustomer(media, video(40_000))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409]);
    expect(await asCustomer(media, video(10_000))).toMatchObject({ status: 201 });
    expect(await asCustomer(media, video(20_000))).toMatchObject(EXCEEDED);
  });
});

describe('the quota', () => {
  it('refuses a file before it is received', async () => {
    const media = await openMedia({ MEDIA_CUSTOMER_FILES: '1' });
    expect(await asCustomer(media)).toMatchObject({ status: 201 });
    let sent = 0;
    const endless = async function* () {
      for (;;) {
        sent += 1;
        yield video(1_000_000);
        await new Promise(setImmediate);
      }
    };
    const response = await fetch(`${media.url}${MEDIA}?purpose=review`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await media.as(OWNER_ID)}` },
      body: ReadableStream.from(endless()),
      duplex: 'half',
    });
    expect(response.status).toBe(409);
    expect(sent).toBeLessThan(20);
    expect(await media.filesIn('spool')).toEqual([]);
  });

  it('stops a file at the last byte that its owner may have', async () => {
    const media = await openMedia({ MEDIA_CUSTOMER_MB: '0.1', MEDIA_VIDEO_MB: '1' });
    expect(await asCustomer(media, video(900_000))).toMatchObject(EXCEEDED);
    expect(await asCustomer(media, video(2_000_000))).toMatchObject(EXCEEDED);
    expect(await asCustomer(media, video(100_000))).toMatchObject({ status: 201 });
    expect(await media.filesIn('files')).toHaveLength(1);
  });

  it('does not count what was refused', async () => {
    const media = await openMedia({ MEDIA_CUSTOMER_FILES: '1' });
    for (const bytes of ['text', ''])
      expect(await asCustomer(media, Buffer.from(bytes))).toMatchObject({ status: 415 });
    const broken = (await picture()).subarray(0, 200);
    expect(await asCustomer(media, broken)).toMatchObject({ status: 422 });
    expect(await asCustomer(media)).toMatchObject({ status: 201 });
  });

  it('is not for staff, or for media of products', async () => {
    const media = await openMedia({ MEDIA_CUSTOMER_FILES: '1' });
    for (const purpose of ['product', 'review', 'avatar', 'product', 'review', 'avatar'])
      expect(await media.upload(await picture(), { purpose })).toMatchObject({ status: 201 });
  });
});
