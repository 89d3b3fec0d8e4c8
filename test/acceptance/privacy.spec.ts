import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Schemas } from '#client/index.ts';
import { lookUntil } from '#test/kit/conditions.ts';
import { CARDS, tokenIn } from '#test/kit/shopper.ts';
import { openTestShop, PROFILES, type TestShop } from './shop.ts';

const PATIENCE_MS = 30_000;
const PASSWORD = 'correct horse battery';

describe.each(PROFILES)('privacy on %s', (profile) => {
  let test: TestShop;
  beforeAll(async () => {
    test = await openTestShop(profile);
  });
  afterAll(() => test.close());

  it('exports what the shop knows about a customer, and erases it but for what the law demands to keep', async () => {
    const shopper = test.guest();
    const email = `privacy-${profile}@example.com`;
    await shopper.register(email, PASSWORD);
    const proof = await lookUntil(async () => tokenIn((await shopper.mailsTo(email))[0]), Boolean, {
      patienceMs: PATIENCE_MS,
    });
    await shopper.call('POST', '/api/v1/auth/email/confirm', [204], { token: proof });
    const variant = await shopper.findVariant(10);
    await shopper.addToCart(variant);
    const { order_id } = await shopper.order(CARDS.good);
    await shopper.waitForStatus(order_id, 'delivered');
    const reviews = `/api/v1/products/${variant.product_id}/reviews`;
    const opinion = { rating: 2, title: 'Too small', text: 'It does not fit.', language: 'en' };
    await lookUntil(
      () => shopper.call('POST', reviews, [201, 403], opinion),
      ({ status }) => status === 201,
      { patienceMs: PATIENCE_MS },
    );
    await shopper.addToCart(variant);

    const user = `/api/v1/users/${shopper.userId}`;
    const own = { current_password: PASSWORD };
    const { body } = await shopper.call('POST', `${user}/personal-data/export`, [200], own);
    const lines = String(body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { service?: string; kind?: string; records?: number });
    expect(lines.at(-1)).toEqual({ records: lines.length - 2 });
    const kinds = new Set(lines.flatMap(({ service, kind }) => (kind ? [`${service} ${kind}`] : [])));
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'user account',
        'user session',
        'cart cart',
        'order order',
        'payment payment',
        'review review',
        'shipping shipment',
      ]),
    );

    const begun = await shopper.call('POST', `${user}/erasure`, [202], own);
    const { erasure_id } = begun.body as Schemas['Erasure'];
    const login = { email, password: PASSWORD };
    await test.guest().call('POST', '/api/v1/auth/login', [401], login);
    const admin = await test.staff('admin@example.com', 'demo-admin-1');
    const report = async () =>
      (await admin.call('GET', `/api/v1/erasures/${erasure_id}`, [200])).body as Schemas['Erasure'];
    const done = await lookUntil(report, ({ status }) => status === 'completed', { patienceMs: PATIENCE_MS });
    const of = (name: string) => done.reports.find(({ service }) => service === name);
    expect(of('cart')?.erased).toEqual([{ kind: 'carts', count: 1 }]);
    expect(of('order')?.kept).toMatchObject([{ kind: 'orders', count: 1, reason: 'bookkeeping' }]);
    expect(of('shipping')?.kept).toMatchObject([{ kind: 'shipments', count: 1, reason: 'claims' }]);
    expect(of('review')?.erased).toContainEqual({ kind: 'authors_of_reviews', count: 1 });
    const page = await admin.call('GET', reviews, [200]);
    expect((page.body as Schemas['ReviewPage']).items).toContainEqual(
      expect.objectContaining({ title: 'Too small', author: 'A former customer' }),
    );
    const stranger = test.guest();
    await stranger.register(email, PASSWORD);
    expect(stranger.userId).not.toBe(shopper.userId);
  });
});
