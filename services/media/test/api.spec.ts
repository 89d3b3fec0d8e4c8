import { describe, expect, it } from 'vitest';
import { picture } from './media.mother.ts';
import { MEDIA, mediaForEachTest, OWNER } from './media.rig.ts';

const media = mediaForEachTest();

const uploaded = async (purpose = 'review'): Promise<string> =>
  `${MEDIA}/${String((await media.upload(await picture(), { purpose })).body.media_id)}`;
const statusFor = async (method: string, path: string, token?: string): Promise<number> =>
  (await media.send(method, path, token === undefined ? {} : { token })).status;

describe('media', () => {
  it('is for its owner and for staff until something refers to it', async () => {
    const path = await uploaded();
    expect(await statusFor('GET', path)).toBe(404);
    expect(await statusFor('GET', path, await media.as('u-2'))).toBe(404);
    expect(await statusFor('GET', path, await media.as(OWNER))).toBe(200);
    expect(await statusFor('GET', path, await media.as('u-3', 'moderator'))).toBe(200);
  });

  it('is public if it is of a product', async () => {
    const answer = await media.send('GET', await uploaded('product'));
    expect(answer).toMatchObject({ status: 200, body: { status: 'ready', purpose: 'product' } });
    expect(answer.headers.get('etag')).toBe('"2"');
  });

  it('is deleted by its owner or by staff, and then it does not exist', async () => {
    const path = await uploaded();
    expect(await statusFor('DELETE', path)).toBe(401);
    expect(await statusFor('DELETE', path, await media.as('u-2'))).toBe(404);
    expect(await statusFor('DELETE', path, await media.as(OWNER))).toBe(204);
    expect(await statusFor('GET', path, await media.as(OWNER))).toBe(404);
    expect(await statusFor('DELETE', await uploaded(), await media.as('u-3', 'moderator'))).toBe(204);
  });
});
