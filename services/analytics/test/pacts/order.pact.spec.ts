import { describe, expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, eachLike, integer, moment, number, uuid } from '#test/kit/pact/matchers.ts';
import { factOf } from './facts.rig.ts';
import { entersLake } from './lake.rig.ts';

const ORDER = '0190a000-0000-7000-8000-000000000001';
const PRODUCT = '0190a000-0000-7000-8000-00000000000a';
const VARIANT = '0190a000-0000-7000-8000-00000000000b';
const USER = '0190a000-0000-7000-8000-0000000000ff';
const SHOPPER = '0190a000-0000-4000-8000-0000000000aa';
const AT = '2026-03-01T12:00:00.000Z';

describeContract('analytics', 'order', (contract) => {
  it('an order, to count it', () =>
    contract.hears(
      'order.placed',
      {
        order_id: uuid(ORDER),
        customer: { user_id: uuid(USER) },
        currency: currency(),
        items: eachLike({
          product_id: uuid(PRODUCT),
          variant_id: uuid(VARIANT),
          quantity: integer(2),
          total: number(20),
        }),
        tax_total: number(3.98),
        total_amount: number(24.9),
        placed_at: moment(AT),
      },
      async (event) => {
        expect(await factOf(event, new Map([[USER, SHOPPER]]))).toEqual({
          kind: 'order',
          factId: event.event_id,
          at: new Date(AT),
          orderId: ORDER,
          shopper: SHOPPER,
          currency: 'EUR',
          totalMinor: 2_490,
          taxMinor: 398,
          shippingMinor: 490,
          lines: [{ productId: PRODUCT, variantId: VARIANT, quantity: 2, totalMinor: 2_000 }],
        });
      },
    ));

  it('that an order was cancelled, to count it no longer', () =>
    contract.hears('order.cancelled', { order_id: uuid(ORDER), cancelled_at: moment(AT) }, async (event) => {
      expect(await factOf(event)).toMatchObject({ kind: 'cancellation', orderId: ORDER, at: new Date(AT) });
    }));

  it('a refund, to count it on its day', () =>
    contract.hears(
      'order.refunded',
      { order_id: uuid(ORDER), amount: number(5.5), currency: currency(), refunded_at: moment(AT) },
      async (event) => {
        expect(await factOf(event)).toMatchObject({
          kind: 'refund',
          orderId: ORDER,
          currency: 'EUR',
          amountMinor: 550,
        });
      },
    ));

  describe('for the lake', () => {
    it('that an order is confirmed', () => {
      const confirmed = {
        order_id: uuid(ORDER),
        total_amount: number(24.9),
        currency: currency(),
        confirmed_at: moment(AT),
      };
      return contract.hears('order.confirmed', confirmed, (event) =>
        entersLake(event, ...Object.keys(confirmed)),
      );
    });

    it('that an order has arrived', () => {
      const delivered = { order_id: uuid(ORDER), delivered_at: moment(AT) };
      return contract.hears('order.delivered', delivered, (event) =>
        entersLake(event, ...Object.keys(delivered)),
      );
    });

    it('what came back', () => {
      const received = {
        return_id: uuid('0190a000-0000-7000-8000-00000000000c'),
        order_id: uuid(ORDER),
        lines: eachLike({ product_id: uuid(PRODUCT), variant_id: uuid(VARIANT), quantity: integer(1) }),
        received_at: moment(AT),
      };
      return contract.hears('return.received', received, (event) =>
        entersLake(event, ...Object.keys(received)),
      );
    });
  });
});
