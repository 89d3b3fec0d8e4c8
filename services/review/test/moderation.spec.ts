import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY, HOUR } from '#kernel/clock.ts';
import { idOf, NOTHING, opinion, OTHER_PRODUCT, PRODUCT, reviewsForEachTest } from './review.rig.ts';

const shop = reviewsForEachTest();
const { service, send, buyer, call, write, written, list, rating, moderate, decide, announced } = shop;

const LONG =
  'The jacket kept me dry on a long walk through the rain, and the zip still runs as smoothly as on the first day.';

/** Why a review waits, as moderators see it. */
const reasonsOf = async (reviewId: string): Promise<readonly string[]> =>
  (await moderate('GET', `/api/v1/moderation/reviews/${reviewId}`)).body.reasons as string[];

const queue = async (query = ''): Promise<readonly string[]> =>
  (
    (await moderate('GET', `/api/v1/moderation/reviews${query}`)).body.items as {
      review: { review_id: string };
    }[]
  ).map(({ review }) => review.review_id);

const approve = (reviewId: string, version = 1) => ({
  review_id: reviewId,
  version,
  decision: 'approve',
});
const reject = (reviewId: string, version = 1, more: object = { reason: 'spam' }) => ({
  review_id: reviewId,
  version,
  decision: 'reject',
  ...more,
});

describe('the screen', () => {
  it.each([
    ['link', 'See https://example.test/x'],
    ['link', 'It is cheaper at www.example.test'],
    ['link', 'It is cheaper at cheap-jackets.com'],
    ['contact', 'Write to me@example.test'],
    ['contact', 'Write to me (at) example (dot) test'],
    ['contact', 'Call +49 30 1234 5678'],
    ['contact', 'Call 030/12345678 now'],
    ['blocked_word', 'What a shit jacket'],
    ['blocked_word', 'What a Sh1t jacket'],
    ['blocked_word', 'What a s h i t jacket'],
    ['blocked_word', 'What a s.h.i.t jacket'],
    ['blocked_word', 'What a shiiiit jacket'],
    ['blocked_word', 'What a $hi7! jacket'],
    ['blocked_word', 'What a ｓｈｉｔ jacket'],
    ['blocked_word', 'What a shіt jacket'], // Cyrillic і
  ])('lets a moderator see a %s: %s', async (reason, text) => {
    const review = await written({ text });
    expect(review.body).toMatchObject({ status: 'pending' });
    expect(await reasonsOf(idOf(review))).toEqual([reason]);
    expect((await list()).body).toMatchObject({ items: [], rating: { count: 0 } });
  });

  it('looks at the title as well', async () => {
    expect((await written({ title: 'www.example.test' })).body).toMatchObject({ status: 'pending' });
  });

  it.each([
    'Bought in 2024 for 1,299.00 EUR, size 42, model 2000-550',
    'Works at 12.5 V and weighs 1 234 567 g',
    'I class this as a massive improvement. Scunthorpe is lovely.',
    'It’s great...really great.Buy it',
    'a b c d e f',
    'Terrible! Broke on day 1. Never again!!!',
    '5 of 5, 100 %',
  ])('lets through: %s', async (text) => {
    expect((await written({ text })).body).toMatchObject({ status: 'approved' });
  });

  it('lets a moderator see words of the shop’s own list', async () => {
    const other = await reviewsWith('Jackal, wolf').written({ text: 'A wolf of a jacket' });
    expect(other.status).toBe('pending');
  });

  it('never looks at the rating: all ratings of a text end alike', async () => {
    for (const text of ['It fell apart.', 'See www.example.test'])
      for (const stars of [1, 2, 3, 4, 5]) {
        const { body } = await written({ rating: stars, text });
        expect([stars, body.status]).toEqual([stars, text.includes('www') ? 'pending' : 'approved']);
      }
  });

  it('lets a moderator see near copies of reviews of the last 30 days, and not of older ones', async () => {
    await written({ text: LONG });
    expect((await written({ text: 'I like it, and my brother in the mountains likes it.' })).body.status).toBe('approved'); // prettier-ignore
    const copy = await written({ text: LONG.replace('jacket', 'coat').toUpperCase() });
    expect(await reasonsOf(idOf(copy))).toEqual(['near_duplicate']);
    service.toolbox.clock.advance(31 * DAY);
    expect((await written({ text: LONG })).body.status).toBe('approved');
  });

  it('counts what it passes, and what it finds', async () => {
    await written();
    await written({ text: 'www.example.test, me@example.test' });
    const text = await service.toolbox.metrics.text();
    for (const reason of ['none', 'link', 'contact'])
      expect(text).toContain(`texts_screened_total{reason="${reason}",service="review"} 1`);
  });

  it('does not take a review for a copy of itself', async () => {
    const review = await written({ text: LONG });
    const body = opinion({ text: `${LONG} Still true.` });
    expect((await call(review.userId, 'PUT', `/api/v1/reviews/${idOf(review)}`, body)).body).toMatchObject({
      status: 'approved',
    });
  });

  it('lets a moderator see the sixth review of an author in a day', async () => {
    const products = Array.from({ length: 7 }, () => systemIds.next());
    const userId = await buyer(...products);
    const statuses: unknown[] = [];
    for (const productId of products.slice(0, 6))
      statuses.push((await write(userId, {}, { productId })).body.status);
    expect(statuses).toEqual([...Array<string>(5).fill('approved'), 'pending']);
    service.toolbox.clock.advance(DAY + HOUR);
    expect((await write(userId, {}, { productId: products[6] ?? '' })).body.status).toBe('approved');
  });

  it('lets a moderator see what an author writes whose last three reviews were rejected', async () => {
    const products = Array.from({ length: 5 }, () => systemIds.next());
    const userId = await buyer(...products);
    const at = (index: number) => ({ productId: products[index] ?? '' });
    for (const index of [0, 1, 2]) {
      const review = await write(userId, {}, at(index));
      expect(review.body.status).toBe('approved');
      await decide(reject(idOf(review)));
      service.toolbox.clock.advance(DAY);
      // Deleting the review does not make it forgotten.
      if (index === 1) await call(userId, 'DELETE', `/api/v1/reviews/${idOf(review)}`);
    }
    const waiting = await write(userId, {}, at(3));
    expect(await reasonsOf(idOf(waiting))).toEqual(['author_rejected']);
    await decide(approve(idOf(waiting)));
    expect((await write(userId, {}, at(4))).body.status).toBe('approved');
  });
});

const reviewsWith = (words: string) => ({
  written: async (changes: object): Promise<{ readonly status: unknown }> => {
    const { openTestService } = await import('#test/kit/http.ts');
    const { review } = await import('../main/module.ts');
    const { delivered, placed } = await import('./review.rig.ts');
    const own = await openTestService('memory', review, { env: { REVIEW_BLOCKED_WORDS: words } });
    const [userId, orderId] = [systemIds.next(), systemIds.next()];
    for (const event of [placed(userId, orderId, PRODUCT), delivered(userId, orderId)])
      await own.consumers.find(({ consumer }) => consumer === 'review')?.handle([event]);
    const token = await own.toolbox.tokenOf(userId);
    const path = `/api/v1/products/${PRODUCT}/reviews`;
    return (await own.send('POST', path, { token, body: opinion(changes) })).body as { status: unknown };
  },
});

describe('the queue of moderators', () => {
  it('is for moderators alone', async () => {
    const path = '/api/v1/moderation/reviews';
    expect(await send('GET', path)).toMatchObject({ status: 401 });
    expect(await call(systemIds.next(), 'GET', path)).toMatchObject({ status: 403 });
    expect(
      await call(systemIds.next(), 'GET', path, undefined, { roles: ['catalog_manager'] }),
    ).toMatchObject({ status: 403 });
    expect(await call(systemIds.next(), 'GET', path, undefined, { roles: ['admin'] })).toMatchObject({
      status: 200,
    });
  });

  it('has what waits, oldest first, by reason and page by page', async () => {
    const first = await written({ text: 'www.example.test' });
    service.toolbox.clock.advance(1_000);
    const second = await written({ text: 'me@example.test' });
    await written();
    expect(await queue()).toEqual([idOf(first), idOf(second)]);
    expect(await queue('?reason=contact')).toEqual([idOf(second)]);
    expect(await queue('?status=rejected')).toEqual([]);
    expect(await queue('?status=approved')).toHaveLength(1);
    const page = await moderate('GET', '/api/v1/moderation/reviews?limit=1');
    expect(await queue(`?limit=1&cursor=${String(page.body.next_cursor)}`)).toEqual([idOf(second)]);
    expect(await moderate('GET', '/api/v1/moderation/reviews?cursor=x')).toMatchObject({ status: 400 });
    expect(await moderate('GET', `/api/v1/moderation/reviews/${NOTHING}`)).toMatchObject({ status: 404 });
  });

  it('shows who wrote it, and all earlier texts of a review', async () => {
    const review = await written({ text: 'Good.' });
    const body = opinion({ rating: 1, text: 'Bad.' });
    await call(review.userId, 'PUT', `/api/v1/reviews/${idOf(review)}`, body);
    const seen = await moderate('GET', `/api/v1/moderation/reviews/${idOf(review)}`);
    expect(seen.body).toMatchObject({
      user_id: review.userId,
      review: { text: 'Bad.', status: 'approved' },
      reasons: [],
      history: [{ text: 'Good.', rating: 5 }],
      reports: [],
    });
    expect(seen.headers.get('etag')).toBe('"2"');
  });
});

describe('a decision', () => {
  it('publishes one review, and leaves the others of its author waiting', async () => {
    const userId = await buyer(PRODUCT, OTHER_PRODUCT);
    const text = 'www.example.test';
    const [one, other] = [
      await write(userId, { text }),
      await write(userId, { text }, { productId: OTHER_PRODUCT }),
    ];
    const outcome = await decide(approve(idOf(one)));
    expect(outcome.body).toEqual({ items: [{ review_id: idOf(one), is_done: true, version: 2 }] });
    expect((await list()).body.items).toHaveLength(1);
    expect(await queue()).toEqual([idOf(other)]);
    expect(await announced()).toEqual(['review.created 1', 'review.created 1', 'review.approved 2']);
  });

  it('to reject hides a review, and gives its author the reason', async () => {
    const review = await written();
    await decide(reject(idOf(review), 1, { reason: 'off_topic', note: 'This is about the delivery.' }));
    const path = `/api/v1/reviews/${idOf(review)}`;
    expect(await send('GET', path)).toMatchObject({ status: 404 });
    expect((await rating()).count).toBe(0);
    expect((await call(review.userId, 'GET', path)).body).toMatchObject({
      status: 'rejected',
      rejection: { reason: 'off_topic', note: 'This is about the delivery.' },
    });
    const [rejected] = (await service.toolbox.announced()).filter(
      ({ event_type }) => event_type === 'review.rejected',
    );
    expect(rejected?.payload).toMatchObject({ reason: 'off_topic', note: 'This is about the delivery.' });
  });

  it('without a reason has the reason other', async () => {
    const review = await written();
    await decide(reject(idOf(review), 1, {}));
    expect((await call(review.userId, 'GET', `/api/v1/reviews/${idOf(review)}`)).body.rejection).toMatchObject({ reason: 'other' }); // prettier-ignore
  });

  it('is refused for a version that has changed, and for what does not exist, without stopping others', async () => {
    const [edited, other] = [await written(), await written()];
    await call(edited.userId, 'PUT', `/api/v1/reviews/${idOf(edited)}`, opinion({ title: 'New' }));
    const outcome = await decide(reject(idOf(edited)), reject(NOTHING), reject(idOf(other)));
    expect(outcome.body.items).toEqual([
      { review_id: idOf(edited), is_done: false, code: 'PRECONDITION_FAILED' },
      { review_id: NOTHING, is_done: false, code: 'REVIEW_NOT_FOUND' },
      { review_id: idOf(other), is_done: true, version: 2 },
    ]);
  });

  it('is one of up to 500 in a request', async () => {
    const note = 'x'.repeat(500);
    const items = Array.from({ length: 500 }, () => reject(NOTHING, 1, { reason: 'spam', note }));
    expect((await decide(...items)).body.items).toHaveLength(500);
    expect(await decide(...items, reject(NOTHING))).toMatchObject({ status: 400 });
    expect(await decide()).toMatchObject({ status: 400 });
    expect(await decide(reject(NOTHING, 1, { reason: 'one_star' }))).toMatchObject({ status: 400 });
  });

  it('is in the security log', async () => {
    await decide(approve(NOTHING));
    expect(service.toolbox.noted).toMatchObject([{ event: 'staff_act', details: { audit: 'reviews' } }]);
  });
});

describe('a rejected review', () => {
  const rejected = async () => {
    const review = await written();
    await decide(reject(idOf(review)));
    const path = `/api/v1/reviews/${idOf(review)}`;
    return {
      reviewId: idOf(review),
      path,
      appeal: (text = 'It is about the product.', userId = review.userId) =>
        call(userId, 'POST', `${path}/appeal`, { text }),
      edit: () => call(review.userId, 'PUT', path, opinion({ text: 'It is warm.' })),
    };
  };

  it('can be appealed by its author, once', async () => {
    const { reviewId, appeal } = await rejected();
    expect(await appeal(undefined, systemIds.next())).toMatchObject({ status: 404 });
    expect(await appeal(' ')).toMatchObject({ status: 422 });
    expect(await appeal()).toMatchObject({ status: 200, body: { status: 'pending', is_appealed: true } });
    expect(await appeal()).toMatchObject({ status: 409, body: { code: 'NOT_APPEALABLE' } });
    expect(await reasonsOf(reviewId)).toEqual(['appeal']);
    expect((await moderate('GET', `/api/v1/moderation/reviews/${reviewId}`)).body.appeal).toBe(
      'It is about the product.',
    );
    await decide(reject(reviewId, 3));
    expect(await appeal()).toMatchObject({ status: 409 });
    await decide(approve(reviewId, 4));
    expect((await list()).body.items).toHaveLength(1);
  });

  it('cannot be written again unseen once it is deleted', async () => {
    const userId = await buyer();
    const first = await write(userId);
    await decide(reject(idOf(first)));
    await call(userId, 'DELETE', `/api/v1/reviews/${idOf(first)}`);
    const second = await write(userId);
    expect(second.body).toMatchObject({ status: 'pending' });
    expect(await reasonsOf(idOf(second))).toEqual(['rejected_before']);
    await decide(approve(idOf(second)));
    const edited = await call(userId, 'PUT', `/api/v1/reviews/${idOf(second)}`, opinion({ title: 'New' }));
    expect(edited.body).toMatchObject({ status: 'approved' });
  });

  it('waits for a moderator again after an edit', async () => {
    const { reviewId, edit } = await rejected();
    expect(await edit()).toMatchObject({ status: 200, body: { status: 'pending' } });
    expect(await reasonsOf(reviewId)).toEqual(['rejected_before']);
  });
});

describe('the reply of the shop', () => {
  const reply = (reviewId: string, text: string) =>
    moderate('PUT', `/api/v1/reviews/${reviewId}/reply`, { text });

  it('is shown with the review, changes no rating, and can be removed', async () => {
    const review = await written({ rating: 2 });
    await written({ rating: 4 });
    const before = await rating();
    expect(await reply(idOf(review), '<b>Sorry</b>')).toMatchObject({
      status: 200,
      body: { version: 2, reply: { text: '<b>Sorry</b>' } },
    });
    expect(await rating()).toEqual(before);
    const items = (await list('?sort=lowest')).body.items as { reply?: object }[];
    expect(items.map((item) => item.reply !== undefined)).toEqual([true, false]);
    const path = `/api/v1/reviews/${idOf(review)}/reply`;
    expect(await moderate('DELETE', path)).toMatchObject({ status: 204 });
    expect(await moderate('DELETE', path)).toMatchObject({ status: 204 });
    expect((await send('GET', `/api/v1/reviews/${idOf(review)}`)).body.reply).toBeUndefined();
  });

  it('is refused without a text, for no review, and by customers', async () => {
    const review = await written();
    expect(await reply(idOf(review), ' ')).toMatchObject({ status: 422 });
    expect(await reply(NOTHING, 'Hello')).toMatchObject({ status: 404 });
    expect(
      await call(review.userId, 'PUT', `/api/v1/reviews/${idOf(review)}/reply`, { text: 'Hello' }),
    ).toMatchObject({ status: 403 });
  });
});
