import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { lettersOf } from '#test/kit/http.ts';
import {
  delivered,
  idOf,
  NOTHING,
  opinion,
  OTHER_PRODUCT,
  placed,
  PRODUCT,
  refunded,
  reviewsForEachTest,
  settled,
} from './review.rig.ts';

const { service, send, hear, buyer, call, write, written, list, rating, announced } = reviewsForEachTest();

describe('a new review', () => {
  it('is published at once, as a verified purchase, without what identifies its author', async () => {
    const answer = await write(await buyer(), { title: ' Warm and light ' });
    const body = {
      product_id: PRODUCT,
      version: 1,
      rating: 5,
      title: 'Warm and light',
      text: 'I wear it every day.',
      language: 'en',
      author: 'Test U.',
      incentivised: false,
      is_verified_purchase: true,
      purchase: 'verified',
      helpful_votes: 0,
      is_edited: false,
    };
    expect(answer).toMatchObject({ status: 201, body: { ...body, status: 'approved' } });
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('location')).toBe(`/api/v1/reviews/${idOf(answer)}`);
    const { status: _, ...visible } = answer.body as Record<string, unknown>;
    expect((await list()).body).toEqual({
      items: [visible],
      rating: { average: 5, count: 1, histogram: [0, 0, 0, 0, 1] },
    });
    expect(await announced()).toEqual(['review.created 1']);
  });

  it('marks what its author got in return', async () => {
    expect(await write(await buyer(), { incentivised: true })).toMatchObject({
      body: { incentivised: true },
    });
  });

  it('needs a login', async () => {
    const path = `/api/v1/products/${PRODUCT}/reviews`;
    expect(await send('POST', path, { body: opinion() })).toMatchObject({ status: 401 });
  });

  it.each([
    { rating: 0 },
    { rating: 6 },
    { rating: 4.5 },
    { rating: undefined },
    { title: '' },
    { title: 'x'.repeat(151) },
    { text: 'x'.repeat(5_001) },
    { language: 'not a language' },
    { is_verified_purchase: true },
  ])('is refused with %j', async (changes) => {
    expect(await write(await buyer(), changes)).toMatchObject({ status: 400 });
  });

  it.each([
    { title: ' ' },
    { text: '\n' },
    { title: 'a\u0007b' },
    { text: 'a\u001b[31mb' },
    { text: 'a\u0085' },
  ])('is refused with %j, which is no text', async (changes) => {
    expect(await write(await buyer(), changes)).toMatchObject({
      status: 422,
      body: { code: 'INVALID_TEXT' },
    });
  });

  it('happens once per Idempotency-Key', async () => {
    const userId = await buyer();
    const headers = { 'idempotency-key': 'key-12345' };
    const first = await write(userId, {}, { headers });
    expect(lettersOf(await write(userId, {}, { headers }))).toEqual(lettersOf(first));
    expect(await write(userId, { rating: 1 }, { headers })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });
});

describe('who may review', () => {
  const NOT_PURCHASED = { status: 403, body: { code: 'NOT_PURCHASED' } };

  it('is a shopper who received the product', async () => {
    const [userId, orderId] = [systemIds.next(), systemIds.next()];
    expect(await write(userId)).toMatchObject(NOT_PURCHASED);
    await hear(placed(userId, orderId, PRODUCT));
    expect(await write(userId)).toMatchObject(NOT_PURCHASED);
    await hear(delivered(userId, orderId));
    expect(await write(userId, {}, { productId: OTHER_PRODUCT })).toMatchObject(NOT_PURCHASED);
    expect(await write(systemIds.next())).toMatchObject(NOT_PURCHASED);
    expect(await write(userId)).toMatchObject({ status: 201 });
  });

  it('is not a shopper who got all money back, but one who got a part of it', async () => {
    const [userId, orderId] = [systemIds.next(), systemIds.next()];
    await hear(placed(userId, orderId, PRODUCT, OTHER_PRODUCT), delivered(userId, orderId));
    await hear(refunded(userId, orderId, 19.99));
    expect(await write(userId)).toMatchObject({ status: 201 });
    await hear(refunded(userId, orderId, 20));
    expect(await write(userId, {}, { productId: OTHER_PRODUCT })).toMatchObject(NOT_PURCHASED);
  });

  it('does not change when the order is refunded later: the review stays, and says so', async () => {
    const [userId, orderId] = [systemIds.next(), systemIds.next()];
    await hear(placed(userId, orderId, PRODUCT), delivered(userId, orderId));
    await write(userId);
    await hear(refunded(userId, orderId));
    expect((await list()).body.items).toMatchObject([{ is_verified_purchase: false, purchase: 'refunded' }]);
  });

  it('is no shopper who got the money for each unit of the product back; their review is no verified one', async () => {
    const [userId, orderId] = [systemIds.next(), systemIds.next()];
    await hear(placed(userId, orderId, PRODUCT, OTHER_PRODUCT), delivered(userId, orderId));
    await write(userId);
    await hear(refunded(userId, orderId, 5, [PRODUCT]));
    expect((await list()).body.items).toMatchObject([{ is_verified_purchase: false, purchase: 'refunded' }]);
    const kept = await write(userId, {}, { productId: OTHER_PRODUCT });
    expect(kept.body).toMatchObject({ is_verified_purchase: true, purchase: 'verified' });
    const [other, order] = [systemIds.next(), systemIds.next()];
    await hear(refunded(other, order, 5, [PRODUCT]), placed(other, order, PRODUCT, OTHER_PRODUCT));
    await hear(delivered(other, order));
    expect(await write(other)).toMatchObject(NOT_PURCHASED);
  });

  it('is no shopper either whose refund failed and was paid in another way', async () => {
    const [userId, orderId] = [systemIds.next(), systemIds.next()];
    await hear(placed(userId, orderId, PRODUCT, OTHER_PRODUCT), delivered(userId, orderId));
    await write(userId);
    await write(userId, {}, { productId: OTHER_PRODUCT });
    const purchaseOf = async (productId: string): Promise<unknown> =>
      (await list('', productId)).body.items[0].purchase;
    await hear(settled(userId, orderId, 5, [PRODUCT]));
    expect([await purchaseOf(PRODUCT), await purchaseOf(OTHER_PRODUCT)]).toEqual(['refunded', 'verified']);
    await hear(refunded(userId, orderId, 14.99));
    expect(await purchaseOf(OTHER_PRODUCT)).toBe('verified');
    await hear(refunded(userId, orderId, 15));
    expect(await purchaseOf(OTHER_PRODUCT)).toBe('refunded');
  });

  it('has one review per product: of 20 requests at once, one succeeds', async () => {
    const userId = await buyer();
    const answers = await Promise.all(Array.from({ length: 20 }, () => write(userId)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array<number>(19).fill(409)]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('ALREADY_REVIEWED');
    expect((await rating()).count).toBe(1);
  });
});

describe('a review of one’s own', () => {
  it('can be replaced by its author, based on the version that was read', async () => {
    const review = await written();
    const path = `/api/v1/reviews/${idOf(review)}`;
    const change = (ifMatch: string, userId = review.userId) =>
      call(userId, 'PUT', path, opinion({ rating: 2, text: 'It shrank.' }), {
        headers: { 'if-match': ifMatch },
      });
    expect(await change('"2"')).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
    expect(await change('"1"', systemIds.next())).toMatchObject({ status: 404 });
    const changed = await change('"1"');
    expect(changed).toMatchObject({
      status: 200,
      body: { version: 2, rating: 2, text: 'It shrank.', is_edited: true, status: 'approved' },
    });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(await rating()).toEqual({ average: 2, count: 1, histogram: [0, 1, 0, 0, 0] });
  });

  it('is refused when it is replaced by nothing, or too often', async () => {
    const review = await written();
    const edit = (changes: object) =>
      call(review.userId, 'PUT', `/api/v1/reviews/${idOf(review)}`, opinion(changes));
    expect(await edit({ title: ' ' })).toMatchObject({ status: 422 });
    for (let edits = 0; edits < 20; edits += 1)
      expect(await edit({ title: `Edit ${edits}` })).toMatchObject({ status: 200 });
    expect(await edit({})).toMatchObject({ status: 409, body: { code: 'TOO_MANY_EDITS' } });
  });

  it('can be deleted by its author, who may then write another one', async () => {
    const review = await written();
    const path = `/api/v1/reviews/${idOf(review)}`;
    expect(await call(systemIds.next(), 'DELETE', path)).toMatchObject({ status: 404 });
    expect(
      await call(review.userId, 'DELETE', path, undefined, { headers: { 'if-match': '"7"' } }),
    ).toMatchObject({ status: 412 });
    expect(await call(review.userId, 'DELETE', path)).toMatchObject({ status: 204 });
    expect(await call(review.userId, 'DELETE', path)).toMatchObject({ status: 404 });
    expect(await send('GET', path)).toMatchObject({ status: 404, body: { code: 'REVIEW_NOT_FOUND' } });
    expect(await rating()).toEqual({ average: 0, count: 0, histogram: [0, 0, 0, 0, 0] });
    expect(await write(review.userId)).toMatchObject({ status: 201 });
    expect(await announced()).toEqual(['review.created 1', 'review.deleted 2', 'review.created 1']);
  });

  it('is in the list of one’s own reviews, in any state, which no other user can read', async () => {
    const userId = await buyer(PRODUCT, OTHER_PRODUCT);
    await write(userId);
    service.toolbox.clock.advance(1_000);
    await write(userId, { text: 'See www.example.com' }, { productId: OTHER_PRODUCT });
    const path = `/api/v1/users/${userId}/reviews`;
    const { body } = await call(userId, 'GET', `${path}?limit=1`);
    expect(body.items).toMatchObject([{ product_id: OTHER_PRODUCT, status: 'pending' }]);
    const next = await call(userId, 'GET', `${path}?limit=1&cursor=${String(body.next_cursor)}`);
    expect(next.body).toMatchObject({ items: [{ product_id: PRODUCT, status: 'approved' }] });
    expect(next.body.next_cursor).toBeUndefined();
    const ofProduct = await call(userId, 'GET', `${path}?product_id=${PRODUCT.toUpperCase()}`);
    expect(ofProduct.body).toMatchObject({ items: [{ product_id: PRODUCT, status: 'approved' }] });
    expect(await call(systemIds.next(), 'GET', path)).toMatchObject({ status: 403 });
    expect(await call(userId, 'GET', `${path}?cursor=nonsense`)).toMatchObject({ status: 400 });
  });

  it('can be read by its author while it waits, and by no other shopper', async () => {
    const review = await written({ text: 'See www.example.com' });
    const path = `/api/v1/reviews/${idOf(review)}`;
    expect(review.body).toMatchObject({ status: 'pending' });
    expect(await call(review.userId, 'GET', path)).toMatchObject({ status: 200, body: review.body });
    expect(await call(systemIds.next(), 'GET', path)).toMatchObject({ status: 404 });
    expect(await send('GET', path)).toMatchObject({ status: 404 });
    expect((await list()).body).toMatchObject({ items: [], rating: { count: 0 } });
  });
});

describe('the reviews of a product', () => {
  /** The ratings in the list. */
  const ratings = async (query: string): Promise<readonly number[]> =>
    ((await list(query)).body.items as { rating: number }[]).map((review) => review.rating);

  it('are sorted and filtered by their stars, page by page', async () => {
    for (const stars of [3, 5, 1, 5]) {
      await written({ rating: stars });
      service.toolbox.clock.advance(1_000);
    }
    expect(await ratings('')).toEqual([5, 1, 5, 3]);
    expect(await ratings('?sort=highest')).toEqual([5, 5, 3, 1]);
    expect(await ratings('?sort=lowest')).toEqual([1, 3, 5, 5]);
    const filtered = await list('?rating=5');
    expect(filtered.body.items).toHaveLength(2);
    expect(filtered.body.rating).toEqual({ average: 3.5, count: 4, histogram: [1, 0, 1, 0, 2] });
    const { body } = await list('?sort=lowest&limit=3');
    expect(await ratings(`?sort=lowest&limit=3&cursor=${String(body.next_cursor)}`)).toEqual([5]);
  });

  it.each(['?sort=rating;drop table reviews', '?rating=9', '?limit=0', '?cursor=nonsense'])(
    'are refused with %s',
    async (query) => {
      expect(await list(query)).toMatchObject({ status: 400 });
    },
  );

  it('are none for a product without any', async () => {
    expect((await list('', NOTHING)).body).toEqual({
      items: [],
      rating: { average: 0, count: 0, histogram: [0, 0, 0, 0, 0] },
    });
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg/onload=alert(1)>',
    '{{constructor.constructor("alert(1)")()}}',
    'javascript:alert(1)',
    '&lt;b&gt;',
  ])('are plain text, stored and served as it was written: %s', async (text) => {
    const review = await written({ title: text, text });
    const answer = await call(review.userId, 'GET', `/api/v1/reviews/${idOf(review)}`);
    expect(answer.body).toMatchObject({ title: text, text });
    expect(answer.headers.get('content-type')).toMatch('application/json');
  });
});

describe('the rating of a product', () => {
  it('is published when it changes, with a version that counts its changes', async () => {
    const review = await written({ rating: 4 });
    await written({ rating: 5 });
    await call(review.userId, 'PUT', `/api/v1/reviews/${idOf(review)}`, opinion({ rating: 4, title: 'B' }));
    const published = (await service.toolbox.announced()).filter(
      ({ event_type }) => event_type === 'review.rating_changed',
    );
    expect(published.map(({ payload }) => payload)).toEqual([
      { product_id: PRODUCT, version: 1, average: 4, count: 1 },
      { product_id: PRODUCT, version: 2, average: 4.5, count: 2 },
    ]);
    await call(review.userId, 'DELETE', `/api/v1/reviews/${idOf(review)}`);
    expect((await service.toolbox.announced()).at(-1)).toMatchObject({
      event_type: 'review.rating_changed',
      payload: { version: 3, average: 5, count: 1 },
    });
  });
});

describe('the policy', () => {
  it('says how reviews are verified and moderated', async () => {
    const { status, body } = await send('GET', '/api/v1/reviews/policy');
    expect(status).toBe(200);
    expect(Object.keys(body as object)).toEqual(['verification', 'moderation', 'incentives']);
  });
});
