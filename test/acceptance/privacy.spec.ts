import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Schemas } from '#client/index.ts';
import { picture } from '#media/test/media.mother.ts';
import { lookUntil } from '#test/kit/conditions.ts';
import { CARDS, tokenIn } from '#test/kit/shopper.ts';
import { canUnzip, unzipped } from '#test/kit/unzip.ts';
import { openTestShop, PROFILE, type TestShop } from './shop.ts';

const PATIENCE_MS = 30_000;
const PASSWORD = 'correct horse battery';

const Records = z.array(z.object({ kind: z.string() }));

describe(`privacy on ${PROFILE}`, () => {
  let test: TestShop;
  beforeAll(async () => {
    test = await openTestShop();
  });
  afterAll(() => test.close());

  it('exports what the shop knows about a customer, and erases it but for what the law demands to keep', async () => {
    const shopper = test.guest();
    const email = `privacy-${PROFILE}@example.com`;
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
    const avatar = await picture();
    const uploaded = await shopper.call('POST', '/api/v1/media?purpose=avatar', [201], avatar);
    const { media_id } = uploaded.body as Schemas['Media'];

    const user = `/api/v1/users/${shopper.userId}`;
    const own = { current_password: PASSWORD };
    const archive = await fetch(`${test.shop.url}${user}/personal-data/export`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${(await shopper.shop.tokens.load())?.accessToken ?? ''}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(own),
    });
    expect([archive.status, archive.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const bytes = Buffer.from(await archive.arrayBuffer());
    if (canUnzip) {
      const files = unzipped(bytes);
      expect(files[`media/${media_id}.jpg`]).toEqual(Buffer.from(avatar));
      const kinds = Object.entries(files).flatMap(([name, file]) =>
        name.endsWith('.json')
          ? Records.parse(JSON.parse(String(file))).map(({ kind }) => `${name} ${kind}`)
          : [],
      );
      expect(kinds).toEqual(
        expect.arrayContaining([
          'user.json account',
          'user.json session',
          'cart.json cart',
          'media.json media',
          'order.json order',
          'payment.json payment',
          'review.json review',
          'shipping.json shipment',
        ]),
      );
    }

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
    expect(of('media')?.erased).toEqual([{ kind: 'media', count: 1 }]);
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
