import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { lookUntil } from '#test/kit/conditions.ts';
import { ADDRESS, CARDS, type ReceivedMail, type Shopper, type Variant } from '#test/kit/shopper.ts';
import { closeTestShops, openTestShop, PROFILE, type TestShop } from './shop.ts';

const EMAIL = 'gail@example.com';
const PATIENCE = { patienceMs: 30_000 };

/** The token in the link of a mail. */
const linkedIn = (mail?: ReceivedMail): string =>
  /#token=(?<token>\S+)/.exec(mail?.text ?? '')?.groups?.['token'] ?? '';

describe(`a guest on ${PROFILE}`, () => {
  let test: TestShop;
  let guest: Shopper;
  let variant: Variant;

  beforeAll(async () => {
    test = await openTestShop({ LOG_LEVEL: 'trace', SHOP_PUBLIC_URL: 'https://shop.example' });
    guest = test.guest();
    variant = await guest.findVariant(10);
  });

  afterAll(closeTestShops);

  const mail = (kind: string): Promise<ReceivedMail | undefined> =>
    lookUntil(
      async () => (await guest.mailsTo(EMAIL)).find((one) => one.kind === kind),
      (found) => found !== undefined,
      PATIENCE,
    );

  /** Fills a cart and orders what is in it. */
  const order = async (): Promise<Answered> => {
    const { body: cart } = await guest.call('POST', '/api/v1/carts', [201]);
    const { cart_id } = cart as { readonly cart_id: string };
    const token = { 'x-cart-token': String(cart.cart_token) };
    const { product_id, variant_id } = variant;
    const item = { product_id, variant_id, quantity: 1 };
    await guest.call('POST', `/api/v1/cart/${cart_id}/items`, [201], item, token);
    const where = { cart_id, shipping_address: ADDRESS };
    const { body: quote } = await guest.call('POST', '/api/v1/checkout/quote', [200], where, token);
    const request = {
      ...where,
      customer: { email: EMAIL, name: 'Gail Guest' },
      cart_version: quote.cart_version as number,
      shipping_option_id: quote.options[0].shipping_option_id as string,
      payment_token: await guest.tokenise(CARDS.good),
      expected_total: quote.options[0].total as number,
      currency: quote.currency as string,
      quote_token: quote.quote_token as string,
    };
    const key = { 'Idempotency-Key': `order-${cart_id}` };
    return guest.call('POST', '/api/v1/orders', [201], request, { ...token, ...key });
  };

  it('buys, follows the mailed link, later registers and sees and reviews the order', async () => {
    const { body: placed } = await order();
    const orderId = String(placed.order_id);
    const url = `https://shop.example/orders/${orderId}#token=`;
    const link = linkedIn(await mail('order.placed'));
    expect((await mail('order.placed'))?.text).toContain(`${url}${String(placed.order_token)}`);

    const path = `/api/v1/orders/${orderId}`;
    const follow = () => guest.send('GET', path, { headers: { 'x-order-token': link } });
    const delivered = await lookUntil(follow, ({ body }) => body.status === 'delivered', PATIENCE);
    expect(delivered).toMatchObject({ status: 200, body: { status: 'delivered' } });
    expect((await guest.send('GET', path, {})).status).toBe(401);
    for (const kind of ['order.confirmed', 'shipment.created', 'order.delivered'])
      expect(await mail(kind), kind).toBeDefined();
    const events = await guest.send('GET', `${path}/events`, { headers: { 'x-order-token': link } });
    expect(events.body).toContain('"status":"delivered"');
    const tracked = await guest.call('POST', '/api/v1/orders/track', [200], { order: orderId, email: EMAIL });
    expect(tracked.body).toMatchObject({ status: 'delivered' });

    const shopper = test.guest();
    await shopper.register(EMAIL, 'a-long-password-of-gail');
    const orders = `/api/v1/users/${shopper.userId}/orders`;
    expect((await shopper.call('GET', orders, [200])).body.items).toEqual([]);
    const proof = linkedIn(await mail('user.email_verification_requested'));
    await shopper.call('POST', '/api/v1/auth/email/confirm', [204], { token: proof });
    const listed = await lookUntil(
      () => shopper.call('GET', orders, [200]),
      ({ body }) => body.items.length > 0,
      PATIENCE,
    );
    expect(listed.body.items).toMatchObject([{ order_id: orderId, user_id: shopper.userId }]);
    const review = { rating: 5, title: 'Solid', text: 'Does what it says.', language: 'en' };
    const written = await lookUntil(
      () => shopper.call('POST', `/api/v1/products/${variant.product_id}/reviews`, [201, 403], review),
      ({ status }) => status === 201,
      PATIENCE,
    );
    expect(written.status).toBe(201);
    expect((await follow()).body.user_id).toBe(orderId);

    const { body: next } = await order();
    const claimed = await lookUntil(
      () => shopper.call('GET', orders, [200]),
      ({ body }) => body.items.length > 1,
      PATIENCE,
    );
    expect(claimed.body.items[0]).toMatchObject({ order_id: next.order_id, user_id: shopper.userId });
    expect(readFileSync(test.logFile, 'utf8')).not.toContain(link);
    for (const { dead, stuck } of await test.troubles()) expect([...dead, ...stuck]).toEqual([]);
  });
});
