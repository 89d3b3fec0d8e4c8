import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookUntil } from '#test/kit/conditions.ts';
import { CARDS } from '#test/kit/shopper.ts';
import { closeTestShops, openTestShop, type TestShop } from './shop.ts';

describe('a confirmed order that is not dispatched yet', () => {
  let test: TestShop;

  beforeAll(async () => {
    test = await openTestShop({ SHIPPING_DISPATCH_DELAY_MS: '600000' });
  });

  afterAll(closeTestShops);

  it('is cancelled on request: shipping stops the parcel, the payment is refunded, the stock is released', async () => {
    const shopper = await test.shopper();
    const variant = await shopper.findVariant(5);
    const before = await shopper.available(variant);
    await shopper.addToCart(variant, 2);
    const { order_id } = await shopper.order(CARDS.good);
    await shopper.waitFor(order_id, ({ timeline }) =>
      timeline.some(({ detail }) => detail === 'Payment captured'),
    );
    expect(await shopper.available(variant)).toBe(before - 2);
    await shopper.cancel(order_id);
    const { timeline } = await shopper.waitForStatus(order_id, 'cancelled');
    expect(timeline.map(({ detail }) => detail)).toContain('Cancellation requested by the customer');
    expect(
      await lookUntil(
        () => shopper.available(variant),
        (units) => units === before,
      ),
    ).toBe(before);
    const staff = await test.staff('orders@example.com', 'demo-orders-1');
    const money = () => staff.call('GET', `/api/v1/payments?order_id=${order_id}`, [200]);
    const { body } = await lookUntil(money, (seen) => seen.body.items[0].refunded > 0);
    expect(body.items[0].refunded).toBe(body.items[0].captured);
    const told = await shopper.waitFor(order_id, ({ refunded_total }) => refunded_total > 0);
    expect(told.refunded_total).toBe(body.items[0].refunded);
    expect(told.timeline.at(-1)?.detail).toMatch(/^Refunded [\d.]+ EUR: the order was cancelled$/);
  });
});
