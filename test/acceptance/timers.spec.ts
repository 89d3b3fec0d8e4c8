import { afterEach, describe, expect, it } from 'vitest';
import { lookUntil } from '#test/kit/conditions.ts';
import { CARDS, type OrderView, type Shopper } from '#test/kit/shopper.ts';
import { closeTestShops, openTestShop, type TestShop } from './shop.ts';

/** Shorter than the slow card needs (two seconds), so that it is always the timer that ends the wait. */
const SHORT = '200';
const NEVER = '600000';

describe('an order whose time is up', () => {
  let test: TestShop;
  let staff: Shopper;

  const open = async (env: Readonly<Record<string, string>>): Promise<Shopper> => {
    test = await openTestShop(env);
    staff = await test.staff('orders@example.com', 'demo-orders-1');
    return test.shopper();
  };

  afterEach(closeTestShops);

  const told = ({ timeline }: OrderView): readonly string[] => timeline.map(({ detail }) => detail);

  const payment = async (orderId: string) => {
    const { body } = await staff.call('GET', `/api/v1/payments?order_id=${orderId}`, [200]);
    return body.items[0] as {
      readonly status: string;
      readonly captured: number;
      readonly refunded: number;
    };
  };

  it('while its payment does not respond is cancelled: the stock is released, the payment voided, the cart restored', async () => {
    const shopper = await open({ ORDER_PENDING_TIMEOUT_MS: SHORT });
    const variant = await shopper.findVariant(5);
    const before = await shopper.available(variant);
    await shopper.addToCart(variant, 2);
    const { order_id } = await shopper.order(CARDS.slow);
    const order = await shopper.waitForStatus(order_id, 'cancelled');
    expect(told(order).at(-1)).toBe('Cancelled because it took too long');
    expect(told(order)).not.toContain('Payment authorised');
    await lookUntil(
      () => shopper.available(variant),
      (units) => units === before,
    );
    const { captured, refunded } = await lookUntil(
      () => payment(order_id),
      ({ status }) => status === 'voided',
    );
    expect([captured, refunded]).toEqual([0, 0]);
    const cart = () => shopper.call('GET', `/api/v1/cart/${shopper.userId}`, [200]);
    const { body } = await lookUntil(cart, (seen) => seen.body.items.length === 1);
    expect(body.items).toMatchObject([{ variant_id: variant.variant_id, quantity: 2 }]);
  });

  it('while it is not dispatched requests its cancellation: the payment is refunded, the stock released', async () => {
    const shopper = await open({
      ORDER_CONFIRMED_TIMEOUT_MS: SHORT,
      SHIPPING_DISPATCH_DELAY_MS: NEVER,
    });
    const variant = await shopper.findVariant(5);
    const before = await shopper.available(variant);
    await shopper.addToCart(variant);
    const { order_id } = await shopper.order(CARDS.good);
    const order = await shopper.waitForStatus(order_id, 'cancelled');
    expect(told(order)).toEqual(
      expect.arrayContaining([
        'Order confirmed',
        'Cancellation requested because it took too long',
        'Cancelled because it took too long',
      ]),
    );
    await lookUntil(
      () => shopper.available(variant),
      (units) => units === before,
    );
    // Whichever was quicker, the capture or the cancel.
    await lookUntil(
      () => payment(order_id),
      ({ status, captured, refunded }) =>
        status === 'voided' || (status === 'captured' && refunded === captured),
    );
  });

  it('while its parcel does not arrive becomes a case for staff', async () => {
    const shopper = await open({ ORDER_SHIPPED_TIMEOUT_MS: SHORT, SHIPPING_MOCK_SPEED: '1' });
    await shopper.addToCart(await shopper.findVariant(5));
    const { order_id } = await shopper.order(CARDS.good);
    const order = await shopper.waitFor(order_id, ({ open_case }) => open_case !== undefined);
    expect(order).toMatchObject({ status: 'shipped', open_case: 'overdue' });
    const resolution = { resolution: 'dismiss' };
    await staff.call('POST', `/api/v1/orders/${order_id}/case-resolution`, [200], resolution);
    // It is waited for again, and does not arrive again.
    const { cases } = await shopper.waitFor(order_id, (seen) => seen.cases?.length === 2);
    expect(cases).toMatchObject([
      { kind: 'overdue', state: 'resolved', resolution: 'dismiss' },
      { kind: 'overdue', state: 'open' },
    ]);
  });
});
