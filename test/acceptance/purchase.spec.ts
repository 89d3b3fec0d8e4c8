import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookUntil, persistent } from '#test/kit/conditions.ts';
import { makeAuthority } from '#test/kit/certificates.ts';
import { atEnd, temporaryFile } from '#test/kit/cleanup.ts';
import { openMerchant, type Merchant } from '#test/kit/merchant.ts';
import { ADDRESS, CARDS, type Shopper, type Variant } from '#test/kit/shopper.ts';
import { closeTestShops, openTestShop, PROFILE, type TestShop } from './shop.ts';

/** A merchant's server, with TLS where the shop insists on it, and the settings with which the shop can call it. */
const openTrustedMerchant = async () => {
  const authority = PROFILE === 'distributed' ? await makeAuthority() : undefined;
  const merchant = await openMerchant(await authority?.issue('merchant'));
  atEnd(() => merchant.close());
  const trusted = authority && { NODE_EXTRA_CA_CERTS: temporaryFile(authority.cert) };
  return { merchant, env: { NOTIFICATION_WEBHOOK_ALLOW_PRIVATE: 'true', ...trusted } };
};

interface PlacedOrder {
  readonly order_id: string;
  readonly user_id: string;
  readonly status: string;
  readonly total_amount: number;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
}

describe(`the purchase on ${PROFILE}`, () => {
  let test: TestShop;
  let staff: Shopper;
  let variant: Variant;
  let merchant: Merchant;

  beforeAll(async () => {
    const opened = await openTrustedMerchant();
    ({ merchant } = opened);
    test = await openTestShop(opened.env);
    await merchant.subscribe(await test.staff('admin@example.com', 'demo-admin-1'));
    staff = await test.staff('orders@example.com', 'demo-orders-1');
    const shopper = await test.shopper();
    variant = await shopper.findVariant(30);
  });

  afterAll(closeTestShops);

  const stock = (): Promise<number> => staff.available(variant);
  const stockIs = (units: number): Promise<number> => lookUntil(stock, (seen) => seen === units);
  /** The state of an order's payment; undefined until the payment service knows the order. */
  const moneyOf = async (orderId: string): Promise<string | undefined> => {
    const { body } = await staff.call('GET', `/api/v1/payments?order_id=${orderId}`, [200]);
    const [payment] = body.items as readonly { readonly status: string }[];
    return payment?.status;
  };

  const allOrders = async (cursor = ''): Promise<readonly PlacedOrder[]> => {
    const path = `/api/v1/orders?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { body } = await staff.call('GET', path, [200]);
    const items = body.items as readonly PlacedOrder[];
    return body.next_cursor ? [...items, ...(await allOrders(body.next_cursor as string))] : items;
  };

  it('goes from the quote to the delivery, and the merchant’s server receives its webhooks', async () => {
    const shopper = await test.shopper();
    const before = await stock();
    await shopper.addToCart(variant, 2);
    const quote = await shopper.quote();
    expect(quote.subtotal).toBe(Math.round(variant.price * 200) / 100);
    expect(quote.options.length).toBeGreaterThan(1);
    const placed = await shopper.order(CARDS.good);
    expect(placed).toMatchObject({ status: 'pending', total_amount: quote.option.total });
    const delivered = await shopper.waitForStatus(placed.order_id, 'delivered');
    const told = delivered.timeline.map(({ detail }) => detail);
    for (const detail of [
      'Order placed',
      'Stock reserved',
      'Payment authorised',
      'Order confirmed',
      'Payment captured',
    ])
      expect(told).toContain(detail);
    expect(await stock()).toBe(before - 2);
    const { body: cart } = await shopper.call('GET', `/api/v1/cart/${shopper.userId}`, [200]);
    expect(cart.items).toEqual([]);
    const { body: tracking } = await shopper.call(
      'GET',
      `/api/v1/shipments/${placed.order_id}/tracking`,
      [200],
    );
    expect(JSON.stringify(tracking)).toContain('delivered');
    const hooks = await lookUntil(
      () => merchant.about(placed.order_id),
      ({ length }) => length === 2,
    );
    expect(hooks.toSorted()).toEqual(['order.confirmed', 'order.delivered']);
  });

  it('ends with a declined card: the stock is released, the cart restored', async () => {
    const shopper = await test.shopper();
    const before = await stock();
    await shopper.addToCart(variant, 3);
    const { order_id } = await shopper.order(CARDS.declined);
    const order = await shopper.waitForStatus(order_id, 'cancelled');
    expect(order.timeline.map(({ detail }) => detail)).toContain('Payment failed: card declined');
    await stockIs(before);
    const { body: cart } = await lookUntil(
      () => shopper.call('GET', `/api/v1/cart/${shopper.userId}`, [200]),
      ({ body }) => body.items.length === 1,
    );
    expect(cart.items[0]).toMatchObject({ variant_id: variant.variant_id, quantity: 3 });
    // The cart that came back can be ordered again.
    await shopper.waitForStatus((await shopper.order(CARDS.good)).order_id, 'delivered');
  });

  it('is paid with a saved card, again and again, until it is removed', async () => {
    const shopper = await test.shopper();
    const payment_method_id = await shopper.saveCard(CARDS.good);
    for (const _ of [1, 2]) {
      await shopper.addToCart(variant);
      const { order_id } = await shopper.orderWith({ payment_method_id });
      const paid = await shopper.waitFor(order_id, ({ payment }) => payment.status === 'captured');
      expect(paid.payment).toMatchObject({ brand: 'visa', last4: '4242' });
    }
    const params = { path: { user_id: shopper.userId, payment_method_id } };
    await shopper.shop.DELETE('/api/v1/users/{user_id}/payment-methods/{payment_method_id}', { params });
    await shopper.addToCart(variant);
    await expect(shopper.orderWith({ payment_method_id })).rejects.toMatchObject({
      code: 'PAYMENT_METHOD_NOT_FOUND',
    });
  });

  it('ends when the capture is refused, without a parcel', async () => {
    const shopper = await test.shopper();
    const before = await stock();
    await shopper.addToCart(variant);
    const { order_id } = await shopper.order(CARDS.captureRefused);
    await shopper.waitForStatus(order_id, 'cancelled');
    await stockIs(before);
    expect(JSON.stringify((await shopper.send('GET', `/api/v1/shipments/${order_id}/tracking`, {})).body)).not.toContain('in_transit'); // prettier-ignore
  });

  it.each([CARDS.slow, CARDS.shaky])('succeeds with card %s, which needs retries', async (card) => {
    const shopper = await test.shopper();
    await shopper.addToCart(variant);
    const { order_id } = await shopper.order(card);
    await shopper.waitForStatus(order_id, 'delivered');
  });

  it('can be cancelled while it is pending', async () => {
    const shopper = await test.shopper();
    const before = await stock();
    await shopper.addToCart(variant);
    const { order_id } = await shopper.order(CARDS.slow);
    await shopper.cancel(order_id);
    await shopper.waitForStatus(order_id, 'cancelled');
    await stockIs(before);
    await lookUntil(
      () => moneyOf(order_id),
      (status) => status !== undefined && ['cancelled', 'voided', 'failed'].includes(status),
    );
  });

  it('is resolved by staff with a refund if the parcel is lost', async () => {
    const shopper = await test.shopper();
    await shopper.addToCart(variant);
    const { order_id, total_amount } = await shopper.order(CARDS.good, { ...ADDRESS, line2: 'LOSE' });
    await shopper.waitForStatus(order_id, 'lost');
    await staff.call('POST', `/api/v1/orders/${order_id}/case-resolution`, [200], { resolution: 'refund' });
    const refunded = await shopper.waitForStatus(order_id, 'refunded');
    expect(refunded.refunded_total).toBe(total_amount);
  });

  it('is resolved by staff with a refund and a restock if the parcel is returned', async () => {
    const shopper = await test.shopper();
    const before = await stock();
    await shopper.addToCart(variant);
    const { order_id } = await shopper.order(CARDS.good, { ...ADDRESS, line2: 'RETURN' });
    await shopper.waitForStatus(order_id, 'returned');
    expect(await stock()).toBe(before - 1);
    await staff.call('POST', `/api/v1/orders/${order_id}/case-resolution`, [200], {
      resolution: 'refund',
      restock: true,
    });
    await shopper.waitForStatus(order_id, 'refunded');
    await stockIs(before);
  });

  it('opens a case for goods that return after their refund, and restocks them', async () => {
    const shopper = await test.shopper();
    const before = await stock();
    await shopper.addToCart(variant);
    const { order_id, total_amount } = await shopper.order(CARDS.good, { ...ADDRESS, line2: 'RETURN' });
    await shopper.waitForStatus(order_id, 'shipped', 'returned');
    const wish = { amount: total_amount, currency: 'EUR', reason: 'not wanted' };
    await staff.call('POST', `/api/v1/orders/${order_id}/refunds`, [202], wish);
    await shopper.waitForStatus(order_id, 'refunded');
    await shopper.waitFor(order_id, ({ open_case }) => open_case === 'returned');
    const decision = { resolution: 'dismiss', restock: true };
    await staff.call('POST', `/api/v1/orders/${order_id}/case-resolution`, [200], decision);
    await stockIs(before);
  });

  it('is resolved by staff with a replacement, which takes new stock and is not charged', async () => {
    const shopper = await test.shopper();
    const before = await stock();
    await shopper.addToCart(variant);
    const { order_id } = await shopper.order(CARDS.good, { ...ADDRESS, line2: 'LOSE' });
    await shopper.waitForStatus(order_id, 'lost');
    await staff.call('POST', `/api/v1/orders/${order_id}/case-resolution`, [200], { resolution: 'reship' });
    await shopper.waitFor(order_id, ({ timeline }) => timeline.filter(({ status, detail }) => status === 'shipped' && detail.startsWith('Handed')).length === 2); // prettier-ignore
    await stockIs(before - 2);
    const order = await shopper.look(order_id);
    expect(order.timeline.filter(({ detail }) => detail === 'Payment captured')).toHaveLength(1);
  });

  it('is refunded in part', async () => {
    const shopper = await test.shopper();
    await shopper.addToCart(variant);
    const { order_id } = await shopper.order(CARDS.good);
    await shopper.waitForStatus(order_id, 'delivered');
    const wish = { amount: 1.5, currency: 'EUR', reason: 'scratched' };
    await staff.call('POST', `/api/v1/orders/${order_id}/refunds`, [202], wish);
    const order = await shopper.waitFor(order_id, ({ refunded_total }) => refunded_total === 1.5);
    expect(order.status).toBe('delivered');
  });

  it('reports a refused refund, and asks staff', async () => {
    const shopper = await test.shopper();
    await shopper.addToCart(variant);
    const { order_id } = await shopper.order(CARDS.refundRefused);
    await shopper.waitForStatus(order_id, 'delivered');
    const wish = { amount: 1.5, currency: 'EUR', reason: 'scratched' };
    await staff.call('POST', `/api/v1/orders/${order_id}/refunds`, [202], wish);
    const order = await shopper.waitFor(order_id, ({ open_case }) => open_case === 'refund_failed');
    expect(order).toMatchObject({ status: 'delivered', refunded_total: 0 });
    expect(order.timeline.map(({ detail }) => detail)).toContain(
      'Refund of 1.50 EUR failed (refund refused); we are looking into it',
    );
    const path = `/api/v1/orders/${order_id}/case-resolution`;
    await staff.call('POST', path, [409], { resolution: 'reship' });
    await staff.call('POST', path, [200], { resolution: 'dismiss' });
    expect((await shopper.look(order_id)).open_case).toBeUndefined();
  });

  it('sells the last 10 units to exactly 10 of 50 shoppers', async () => {
    const manager = await test.staff('stock@example.com', 'demo-stock-1');
    const hot = await manager.findVariant(12, 5);
    await manager.stockUp(hot, 10);
    const shoppers = await Promise.all(Array.from({ length: 50 }, () => test.shopper()));
    await Promise.all(shoppers.map((shopper) => shopper.addToCart(hot)));
    const ends = await Promise.all(
      shoppers.map(async (shopper) => {
        const order = await shopper.orderUnlessSoldOut(CARDS.good);
        return order
          ? (await shopper.waitForStatus(order.order_id, 'delivered', 'cancelled')).status
          : 'refused';
      }),
    );
    expect(ends.filter((end) => end === 'delivered')).toHaveLength(10);
    expect(ends.filter((end) => end === 'cancelled' || end === 'refused')).toHaveLength(40);
    expect(
      await lookUntil(
        () => manager.available(hot),
        (units) => units === 0,
      ),
    ).toBe(0);
  });

  it('lets a guest fill a cart and keep it after the login', async () => {
    const shopper = await test.shopper();
    const { body: guest } = await shopper.call('POST', '/api/v1/carts', [201]);
    const token = { 'x-cart-token': guest.cart_token as string };
    const path = `/api/v1/cart/${guest.cart_id as string}/items`;
    const { product_id, variant_id } = variant;
    const added = await shopper.send('POST', path, {
      headers: token,
      body: { product_id, variant_id, quantity: 2 },
    });
    expect(added.status).toBe(201);
    expect(
      (await shopper.send('GET', `/api/v1/cart/${guest.cart_id as string}`, {})).status,
    ).toBeGreaterThanOrEqual(401);
    await shopper.call('POST', `/api/v1/cart/${shopper.userId}/merge`, [200, 201], {
      cart_token: guest.cart_token,
    });
    const { body: cart } = await shopper.call('GET', `/api/v1/cart/${shopper.userId}`, [200]);
    expect(cart.items).toMatchObject([{ variant_id, quantity: 2 }]);
  });

  it('notifies the shopper by mail', async () => {
    const shopper = await test.shopper();
    await shopper.addToCart(variant);
    await shopper.waitForStatus((await shopper.order(CARDS.good)).order_id, 'delivered');
    const { body: profile } = await shopper.call('GET', `/api/v1/users/${shopper.userId}`, [200]);
    const look = () => shopper.mailsTo(profile.email as string);
    const mails = await lookUntil(look, (seen) => seen.length >= 5);
    expect(mails).toHaveLength(5); // proof of the address, placed, confirmed, shipped, delivered
  });

  describe('refuses', () => {
    it('an outdated price, and a cart that was emptied meanwhile', async () => {
      const shopper = await test.shopper();
      await shopper.addToCart(variant);
      const quote = await shopper.quote();
      const wish = {
        cart_version: quote.cart_version,
        shipping_address: ADDRESS,
        shipping_option_id: quote.option.shipping_option_id,
        payment_token: 'tok',
        expected_total: quote.option.total - 1,
        currency: 'EUR',
      };
      expect((await shopper.call('POST', '/api/v1/orders', [409], wish)).body.code).toBe('PRICE_CHANGED');
      await shopper.call('DELETE', `/api/v1/cart/${shopper.userId}`, [200, 204]);
      expect((await shopper.call('POST', '/api/v1/orders', [409], wish)).body.code).toBe('CART_EMPTY');
    });

    it('other people’s carts and orders', async () => {
      const [owner, stranger] = [await test.shopper(), await test.shopper()];
      await owner.addToCart(variant);
      const { order_id } = await owner.order(CARDS.good);
      await stranger.call('GET', `/api/v1/cart/${owner.userId}`, [403, 404]);
      await stranger.call('GET', `/api/v1/orders/${order_id}`, [404]);
      await stranger.call('PUT', `/api/v1/orders/${order_id}/cancel`, [404]);
      await stranger.call('GET', `/api/v1/shipments/${order_id}/tracking`, [403, 404]);
      const { body: payments } = await stranger.call('GET', `/api/v1/payments?order_id=${order_id}`, [200]);
      expect(payments.items).toEqual([]);
      await stranger.call('GET', `/api/v1/users/${owner.userId}`, [403, 404]);
    });

    it('forged tokens, missing roles, and internal paths', async () => {
      const shopper = await test.shopper();
      expect(
        (await shopper.send('GET', `/api/v1/cart/${shopper.userId}`, { token: 'abc.def.ghi' })).status,
      ).toBe(401);
      await shopper.call('POST', '/api/v1/products', [403], {});
      await shopper.call('GET', '/api/v1/orders', [403]);
      for (const path of [`/internal/v1/carts/${shopper.userId}`, '/metrics', '/internal/v1/offers'])
        await shopper.call('GET', path, [404]);
    });

    it('malformed, oversized and undocumented bodies, without revealing internals', async () => {
      const shopper = await test.shopper();
      const path = `/api/v1/cart/${shopper.userId}/items`;
      const { product_id, variant_id } = variant;
      for (const quantity of [0, -1, 1.5, 1e9, '2'])
        await shopper.call('POST', path, [400], { product_id, variant_id, quantity });
      const broken = await shopper.call('POST', path, [400], '{"product_id":');
      expect(broken.body.code).toBe('MALFORMED_BODY');
      const large = await shopper.call('POST', path, [413], {
        product_id,
        variant_id,
        quantity: 1,
        x: 'x'.repeat(300_000),
      });
      expect(large.body.code).toBe('PAYLOAD_TOO_LARGE');
      expect(JSON.stringify([broken.body, large.body])).not.toMatch(/node_modules|\.ts:|at /);
    });
  });

  it('is counted by analytics to the cent, as the order service says', async () => {
    const { body: figures } = await staff.call('GET', '/api/v1/staff/orders/figures?days=2', [200]);
    const expected = (
      figures.currencies as readonly { readonly currency: string; readonly total: object }[]
    ).map(({ currency, total }) => ({ currency, total }));
    expect(expected).not.toEqual([]);
    const path = `/api/v1/staff/analytics/sales?from=${String(figures.from)}&to=${String(figures.to)}`;
    await persistent(async () => {
      const { body } = await staff.call('GET', path, [200]);
      expect(body.currencies).toMatchObject(expected);
    });
  });

  it('is in baskets, customers and cohorts of analytics as in the orders themselves', async () => {
    const figures = (report: string) => staff.call('GET', `/api/v1/staff/analytics/${report}`, [200]);
    await persistent(async () => {
      const sold = (await allOrders()).filter((one) => one.status !== 'cancelled' && one.total_amount > 0);
      const units = sold.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0);
      const [sales] = (await figures('sales')).body.currencies;
      expect(sales.total).toMatchObject({
        units,
        lines: sold.flatMap(({ items }) => items).length,
        average_order: Math.round((sales.total.gross / sold.length) * 100) / 100,
        units_per_order: Math.round((units / sold.length) * 10_000) / 10_000,
      });

      const paid = sold.filter(({ status }) => status !== 'pending');
      const ofUsers = paid.filter((order) => order.user_id !== order.order_id);
      const users = new Set(ofUsers.map(({ user_id }) => user_id)).size;
      expect(users).toBeLessThan(ofUsers.length);
      expect((await figures('customers')).body.total).toMatchObject({
        first_orders: users,
        repeat_orders: ofUsers.length - users,
        guest_orders: paid.length - ofUsers.length,
      });
      const { cohorts } = (await figures('cohorts?count=2')).body;
      const customers = (cohorts as readonly { readonly customers: number }[]).map((one) => one.customers);
      expect(customers.reduce((sum, one) => sum + one, 0)).toBe(users);
    });
  });

  it('is in the stock of analytics as the inventory counts it and the orders took from it', async () => {
    const admin = await test.staff('admin@example.com', 'demo-admin-1');
    const { sku } = variant;
    const inventory = async (): Promise<number> => {
      const { body } = await admin.call('GET', `/api/v1/inventory/stock?q=${sku}`, [200]);
      const items = body.items as readonly { readonly sku: string; readonly stock_count: number }[];
      return items.find((item) => item.sku === sku)?.stock_count ?? -1;
    };
    await persistent(async () => {
      const ordered = (await allOrders()).filter(({ status }) => status !== 'cancelled');
      const lines = ordered.flatMap(({ items }) => items).filter((line) => line.sku === sku);
      const { body } = await staff.call('GET', '/api/v1/staff/analytics/stock?limit=100', [200]);
      const items = body.items as readonly { readonly sku: string }[];
      expect(items.find((item) => item.sku === sku)).toMatchObject({
        sold: lines.reduce((sum, { quantity }) => sum + quantity, 0),
        on_hand: await inventory(),
      });
    });
  });

  it('leaves nothing for an operator to do', async () => {
    const troubles = await test.troubles();
    expect(troubles.flatMap(({ dead, stuck }) => [...dead, ...stuck])).toEqual([]);
  });
});
