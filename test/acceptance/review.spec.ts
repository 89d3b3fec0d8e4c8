import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, type Schemas } from '#client/index.ts';
import { lookUntil } from '#test/kit/conditions.ts';
import { picture } from '#media/test/media.mother.ts';
import { CARDS, type Shopper, type Variant } from '#test/kit/shopper.ts';
import { openTestShop, PROFILE, type TestShop } from './shop.ts';

/** Changes show within a second; on a busy machine, later. */
const PATIENCE_MS = 20_000;
const OPINION = { rating: 4, title: 'Solid', text: 'Does what it says.', language: 'en' };

describe(`reviewing on ${PROFILE}`, () => {
  let test: TestShop;
  let variant: Variant;
  let moderator: Shopper;
  beforeAll(async () => {
    test = await openTestShop();
    variant = await (await test.shopper()).findVariant(10);
    moderator = await test.staff('reviews@example.com', 'demo-reviews-1');
  });
  afterAll(() => test.close());

  const path = (): string => `/api/v1/products/${variant.product_id}/reviews`;
  /** A shopper who received the product, with the order. */
  const buyer = async () => {
    const shopper = await test.shopper();
    await shopper.addToCart(variant);
    const { order_id } = await shopper.order(CARDS.good);
    const { total_amount } = await shopper.waitForStatus(order_id, 'delivered');
    return { shopper, order_id, total_amount };
  };
  /** The review of a shopper who may write it a moment after the delivery. */
  const write = (shopper: Shopper, changes: object = {}) =>
    lookUntil(
      () => shopper.call('POST', path(), [201, 403], { ...OPINION, ...changes }),
      ({ status }) => status === 201,
      { patienceMs: PATIENCE_MS },
    );
  const page = async (): Promise<Schemas['ReviewPage']> => {
    const params = { path: { product_id: variant.product_id } };
    return dataOf(moderator.shop.GET('/api/v1/products/{product_id}/reviews', { params }));
  };
  /** How the search shows the product. */
  const ratingInSearch = async (): Promise<Schemas['Hit']['rating']> => {
    const params = { query: { q: variant.sku } };
    const { items } = await dataOf(moderator.shop.GET('/api/v1/search', { params }));
    return items.find(({ product_id }) => product_id === variant.product_id)?.rating;
  };

  it('goes from the delivery to the rating in the search, and says when the order was refunded', async () => {
    const stranger = await test.shopper();
    const refused = await stranger.call('POST', path(), [403], OPINION);
    expect(refused.body).toMatchObject({ code: 'NOT_PURCHASED' });
    const { shopper, order_id, total_amount } = await buyer();
    const uploaded = await shopper.call('POST', '/api/v1/media?purpose=review', [201], await picture());
    const { media_id } = uploaded.body as Schemas['Media'];
    await write(shopper, { media_ids: [media_id] });
    expect(await page()).toMatchObject({
      items: [{ title: 'Solid', author: 'Sam S.', is_verified_purchase: true, purchase: 'verified' }],
      rating: { average: 4, count: 1 },
    });
    // Public once the media service knows that the review is approved.
    const describe = () => stranger.call('GET', `/api/v1/media/${media_id}`, [200, 404]);
    await lookUntil(describe, ({ status }) => status === 200, { patienceMs: PATIENCE_MS });
    const [shown] = (await page()).items[0]?.media ?? [];
    const { body } = await stranger.call('GET', shown?.thumbnail_url ?? '', [200]);
    expect(body).toMatch(/^RIFF.{4,}WEBP/s);
    await shopper.call('DELETE', `/api/v1/media/${media_id}`, [409]);
    await lookUntil(ratingInSearch, (rating) => rating?.count === 1, { patienceMs: PATIENCE_MS });
    expect(await ratingInSearch()).toEqual({ average: 4, count: 1 });

    const staff = await test.staff('orders@example.com', 'demo-orders-1');
    const refund = { amount: total_amount, currency: 'EUR', reason: 'broken' };
    await staff.call('POST', `/api/v1/orders/${order_id}/refunds`, [202], refund);
    const isRefunded = ({ items }: Schemas['ReviewPage']) => items[0]?.purchase === 'refunded';
    const after = await lookUntil(page, isRefunded, { patienceMs: PATIENCE_MS });
    expect(after.items).toMatchObject([{ is_verified_purchase: false, purchase: 'refunded' }]);
  });

  it('waits for a moderator when the text has a link, whatever the rating', async () => {
    const before = (await page()).rating.count;
    const { shopper } = await buyer();
    const { body } = await write(shopper, { text: 'Cheaper at www.example.test' });
    expect(body).toMatchObject({ status: 'pending' });
    expect((await page()).rating.count).toBe(before);
    const { review_id, version } = body as { review_id: string; version: number };
    const items = [{ review_id, version, decision: 'approve' }];
    await moderator.call('POST', '/api/v1/moderation/decisions', [200], { items });
    expect((await page()).rating.count).toBe(before + 1);
    const hasAll = (rating: Schemas['Hit']['rating']) => rating?.count === before + 1;
    expect(await lookUntil(ratingInSearch, hasAll, { patienceMs: PATIENCE_MS })).toMatchObject({
      count: before + 1,
    });
  });
});
