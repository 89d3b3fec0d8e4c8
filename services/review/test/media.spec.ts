import { describe, expect, it } from 'vitest';
import { httpMediaLibrary } from '../adapters/clients/media.http.ts';
import {
  idOf,
  mediaClient,
  NOTHING,
  OTHER_PICTURE,
  opinion,
  PICTURE,
  reviewsForEachTest,
} from './review.rig.ts';

const { service, call, buyer, write, list } = reviewsForEachTest();

const shownIds = (body: unknown): readonly string[] =>
  ((body as { readonly media?: readonly { readonly media_id: string }[] }).media ?? []).map(
    ({ media_id }) => media_id,
  );
/** What the events say that the review shows. */
const told = async (): Promise<readonly unknown[]> =>
  (await service.toolbox.announced())
    .filter(({ event_type }) => event_type !== 'review.rating_changed')
    .map(({ payload }) => (payload as { media_ids?: unknown }).media_ids);

describe('a review', () => {
  it('shows what its author has uploaded', async () => {
    const answer = await write(await buyer(), { media_ids: [OTHER_PICTURE, PICTURE] });
    expect(answer).toMatchObject({ status: 201 });
    expect(shownIds(answer.body)).toEqual([OTHER_PICTURE, PICTURE]);
    expect((await list()).body.items[0].media[1]).toEqual({
      media_id: PICTURE,
      kind: 'picture',
      url: `/api/v1/media/files/${PICTURE}-large.webp`,
      thumbnail_url: `/api/v1/media/files/${PICTURE}-thumb.webp`,
      width: 640,
      height: 480,
      colour: '#102030',
      placeholder: 'data:image/webp;base64,',
    });
    expect(await told()).toEqual([[OTHER_PICTURE, PICTURE]]);
  });

  it('shows something else, or nothing, when it is edited or deleted', async () => {
    const userId = await buyer();
    const path = `/api/v1/reviews/${idOf(await write(userId, { media_ids: [PICTURE] }))}`;
    const other = await call(userId, 'PUT', path, opinion({ media_ids: [OTHER_PICTURE] }));
    expect(shownIds(other.body)).toEqual([OTHER_PICTURE]);
    expect((await call(userId, 'PUT', path, opinion())).body).not.toHaveProperty('media');
    await call(userId, 'DELETE', path);
    expect(await told()).toEqual([[PICTURE], [OTHER_PICTURE], [], []]);
  });

  it('says nothing about media if it never had any', async () => {
    expect((await write(await buyer())).body).not.toHaveProperty('media');
    expect(await told()).toEqual([undefined]);
  });

  it('shows only what is there', async () => {
    expect(await write(await buyer(), { media_ids: [PICTURE, NOTHING] })).toMatchObject({ status: 422, body: { code: 'UNKNOWN_MEDIA' } }); // prettier-ignore
    const many = Array.from({ length: 6 }, (_, number) => `0190b000-0000-7000-8000-00000000000${number}`);
    expect(await write(await buyer(), { media_ids: many })).toMatchObject({ status: 400 });
  });

  it.each([
    ['review', true],
    ['avatar', false],
    ['product', false],
  ])('may show what was uploaded for a %s: %s', async (purpose, isKnown) => {
    const { body } = await mediaClient({
      method: 'POST',
      path: '',
      scope: '',
      body: { media_ids: [PICTURE] },
    });
    const { items } = body as { readonly items: readonly object[] };
    const answer = { status: 200, body: { items: items.map((item) => ({ ...item, purpose })) } };
    const library = httpMediaLibrary(() => Promise.resolve(answer));
    expect((await library.find([PICTURE], 'u-1')).ok).toBe(isKnown);
  });
});
