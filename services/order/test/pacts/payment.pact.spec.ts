import { describe, expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, number, regex, string, uuid } from '#test/kit/pact/matchers.ts';
import { AUTHORIZED, CAPTURED, DISPATCHED, refund, RESERVED } from '../order.mother.ts';
import { ORDER, orderAfter } from './orders.rig.ts';

const order_id = uuid(ORDER);

describeContract('order', 'payment', (contract) => {
  it('that the payment is authorised, and the card to show', () =>
    contract.hears(
      'payment.authorized',
      { order_id, brand: string('visa'), last4: regex('^\\d{4}$', '4242') },
      async (event) => {
        expect(await orderAfter(event, RESERVED)).toMatchObject({
          status: 'confirmed',
          payment: { status: 'authorized', brand: 'visa', last4: '4242' },
        });
      },
    ));

  it('that the payment is captured', () =>
    contract.hears('payment.successful', { order_id }, async (event) => {
      expect(await orderAfter(event, RESERVED, AUTHORIZED)).toMatchObject({
        payment: { status: 'captured' },
      });
    }));

  it('that the payment failed and why, to cancel the order', () =>
    contract.hears('payment.failed', { order_id, reason: string('card_declined') }, async (event) => {
      const order = await orderAfter(event, RESERVED);
      expect(order).toMatchObject({ status: 'cancelled', payment: { status: 'failed' } });
      expect(JSON.stringify(order?.timeline)).toContain('card declined');
    }));

  describe('refunds', () => {
    const paid = {
      order_id,
      refund_id: string('r1'),
      amount: number(9.98),
      currency: currency(),
    };
    const asked = refund(998);

    it('the refunded amount and the total', () =>
      contract.hears('payment.refunded', { ...paid, refunded_total: number(9.98) }, async (event) => {
        const order = await orderAfter(event, RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, asked);
        expect(order).toMatchObject({ refundedMinor: 998 });
      }));

    it('the refused refund and its reason, for staff to decide', () =>
      contract.hears(
        'payment.refund_failed',
        { ...paid, reason: string('refund_refused') },
        async (event) => {
          const order = await orderAfter(event, RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, asked);
          expect(order).toMatchObject({
            cases: [{ kind: 'refund_failed', state: 'open', amountMinor: 998 }],
          });
        },
      ));
  });
});
