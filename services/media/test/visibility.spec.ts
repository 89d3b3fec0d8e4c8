import { describe, expect, it } from 'vitest';
import { HOUR } from '#kernel/clock.ts';
import type { Answered } from '#test/kit/http.ts';
import { eventAbout } from '#test/kit/events.ts';
import { reviewed } from './media.events.ts';
import { picture, video } from './media.mother.ts';
import { MEDIA, mediaForEachTest, OWNER_ID, variantOf } from './media.rig.ts';

/** Nothing is kept in memory, so that a file is looked up each time. */
const media = mediaForEachTest({ MEDIA_CACHE_MB: '0' });

const uploaded = async (): Promise<Answered> =>
  media.upload(await picture(), { token: await media.as(OWNER_ID) });
const idOf = ({ body }: Answered): string => String(body.media_id);
/** The URL that everyone has once the media is public. */
const publicUrl = (answer: Answered): string => variantOf(answer).replace(/\?.*/, '');
const statusOf = async (url: string): Promise<number> => (await media.file(url)).status;
const seenBy = async (id: string, token?: string): Promise<Answered> =>
  media.send('GET', `${MEDIA}/${id}`, token === undefined ? {} : { token });

describe('a picture of a review', () => {
  it('is reached by signed URLs only until the review is approved: by its author and by moderators', async () => {
    const answer = await uploaded();
    const url = publicUrl(answer);
    await media.hear(reviewed(1, 'pending', [idOf(answer)]));
    expect(await statusOf(url)).toBe(403);
    expect(await seenBy(idOf(answer))).toMatchObject({ status: 404 });
    expect(await seenBy(idOf(answer), await media.as('u-2'))).toMatchObject({ status: 404 });
    for (const token of [await media.as(OWNER_ID), await media.as('u-3', 'moderator')]) {
      const signed = variantOf(await seenBy(idOf(answer), token));
      const file = await media.file(signed);
      expect(file.status).toBe(200);
      expect(file.headers.get('cache-control')).toBe('private, no-store');
      expect(await statusOf(signed.replace('-small', '-medium'))).toBe(403);
    }
  });

  it('has signed URLs that expire after an hour', async () => {
    const url = variantOf(await uploaded());
    media.toolbox.clock.advance(HOUR - 1_000);
    expect(await statusOf(url)).toBe(200);
    media.toolbox.clock.advance(1_000);
    expect(await statusOf(url)).toBe(403);
  });

  it('is public while the review is approved, and not once it is rejected or deleted', async () => {
    const answer = await uploaded();
    const [id, url] = [idOf(answer), publicUrl(answer)];
    await media.hear(reviewed(1, 'pending', [id]), reviewed(2, 'approved', [id]));
    expect(await statusOf(url)).toBe(200);
    expect(variantOf(await seenBy(id))).toBe(url);
    await media.hear(reviewed(3, 'rejected', [id]));
    expect(await statusOf(url)).toBe(403);
    expect(await seenBy(id)).toMatchObject({ status: 404 });
    await media.hear(reviewed(4, 'approved', [id]));
    expect(await statusOf(url)).toBe(200);
    await media.hear(reviewed(5, 'deleted', []));
    expect(await statusOf(url)).toBe(403);
  });

  it('is what the newest version of the review says, however late others arrive', async () => {
    const answer = await uploaded();
    const [id, url] = [idOf(answer), publicUrl(answer)];
    await media.hear(
      reviewed(3, 'rejected', [id]),
      reviewed(2, 'approved', [id]),
      reviewed(1, 'pending', [id]),
    );
    expect(await statusOf(url)).toBe(403);
    await media.hear(reviewed(5, 'deleted', []), reviewed(4, 'approved', [id]));
    expect(await statusOf(url)).toBe(403);
    expect((await seenBy(id, await media.as(OWNER_ID))).body).toMatchObject({ status: 'ready' });
  });

  it('is hidden in one review and public in another while that one is approved', async () => {
    const answer = await uploaded();
    const [id, url] = [idOf(answer), publicUrl(answer)];
    const other = { reviewId: '0190a000-0000-7000-8000-0000000000a2' };
    await media.hear(reviewed(1, 'approved', [id]), reviewed(1, 'approved', [id], other));
    await media.hear(reviewed(2, 'rejected', [id]));
    expect(await statusOf(url)).toBe(200);
    await media.hear(reviewed(2, 'rejected', [id], other));
    expect(await statusOf(url)).toBe(403);
  });

  it('stays public as that of a product with the same content, and only as long', async () => {
    const answer = await uploaded();
    const [id, url] = [idOf(answer), publicUrl(answer)];
    const product = await media.upload(await picture(), { purpose: 'product' });
    await media.hear(reviewed(1, 'rejected', [id]));
    expect(await statusOf(url)).toBe(200);
    const token = await media.as('u-3', 'catalog_manager');
    expect(await media.send('DELETE', `${MEDIA}/${idOf(product)}`, { token })).toMatchObject({ status: 204 });
    expect(await statusOf(url)).toBe(403);
  });

  it('is not made public by another user or for another purpose', async () => {
    const [theirs, avatar] = [
      await uploaded(),
      await media.upload(await picture('png'), { purpose: 'avatar', token: await media.as(OWNER_ID) }),
    ];
    await media.hear(
      reviewed(1, 'approved', [idOf(theirs)], {
        ownerId: '0190a000-0000-7000-8000-0000000000f2',
        reviewId: '0190a000-0000-7000-8000-0000000000a2',
      }),
    );
    await media.hear(reviewed(1, 'approved', [idOf(avatar)]));
    expect(await statusOf(publicUrl(theirs))).toBe(403);
    expect(await statusOf(publicUrl(avatar))).toBe(403);
  });

  it('is given back when its author is erased, although the review then names nobody', async () => {
    const answer = await uploaded();
    await media.hear(reviewed(1, 'approved', [idOf(answer)]));
    await media.hear(reviewed(2, 'approved', [], { ownerId: '00000000-0000-0000-0000-000000000000' }));
    expect(await statusOf(publicUrl(answer))).toBe(403);
  });
});

it('A video of a review is hidden as its pictures are.', async () => {
  const answer = await media.upload(video(), { token: await media.as(OWNER_ID) });
  const url = String(answer.body.url).replace(/\?.*/, '');
  expect(await statusOf(String(answer.body.url))).toBe(200);
  expect(await statusOf(url)).toBe(403);
  await media.hear(reviewed(1, 'approved', [idOf(answer)]));
  expect(await statusOf(url)).toBe(200);
  await media.hear(
    eventAbout('0190a000-0000-7000-8000-0000000000a1', 'review.deleted', {
      review_id: '0190a000-0000-7000-8000-0000000000a1',
      user_id: OWNER_ID,
      version: 2,
      status: 'deleted',
      media_ids: [],
    }),
  );
  expect(await statusOf(url)).toBe(403);
});

describe('an avatar', () => {
  const profile = (version: number, avatar?: string) =>
    eventAbout(
      OWNER_ID,
      'user.profile.updated',
      { user_id: OWNER_ID, version, ...(avatar === undefined ? {} : { avatar_media_id: avatar }) },
      version,
    );
  const avatar = async (): Promise<Answered> =>
    media.upload(await picture(), { purpose: 'avatar', token: await media.as(OWNER_ID) });
  const remove = async (id: string): Promise<number> =>
    (await media.send('DELETE', `${MEDIA}/${id}`, { token: await media.as(OWNER_ID) })).status;

  it('is for its user by signed URLs, as the profile is', async () => {
    const answer = await avatar();
    await media.hear(profile(2, idOf(answer)));
    expect(await statusOf(publicUrl(answer))).toBe(403);
    expect(await seenBy(idOf(answer), await media.as('u-2'))).toMatchObject({ status: 404 });
    expect(await statusOf(variantOf(await seenBy(idOf(answer), await media.as(OWNER_ID))))).toBe(200);
  });

  it('is kept while the newest version of the profile has it, whatever the order of the events', async () => {
    const [first, second] = [idOf(await avatar()), idOf(await avatar())];
    await media.hear(profile(3, second), profile(2, first));
    expect(await remove(second)).toBe(409);
    expect(await remove(first)).toBe(204);
    await media.hear(profile(5), profile(4, second));
    expect(await remove(second)).toBe(204);
  });

  it('is no picture that was uploaded for a review', async () => {
    const id = idOf(await uploaded());
    await media.hear(profile(2, id));
    expect(await remove(id)).toBe(204);
  });
});
