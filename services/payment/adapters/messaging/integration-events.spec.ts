import { describe, expect, it } from 'vitest';
import {
  AUTHORIZED,
  CANCEL,
  CAPTURE,
  CAPTURED,
  NOT_AUTHORIZED,
  NOT_CAPTURED,
  NOW,
  OPEN,
  ORDER,
  reactions,
  refund,
  refunded,
  VOIDED,
} from '../../test/payment.mother.ts';
import type { Command } from '../../core/domain/commands.ts';

const AT = NOW.toISOString();
const ABOUT = { order_id: ORDER, payment_id: OPEN.paymentId, amount: 50, currency: 'EUR' };
const HELD = [OPEN, AUTHORIZED];
const TAKEN = [...HELD, CAPTURE, CAPTURED];

const given = (...history: readonly Command[]) => ({
  /** Publications for each event of the command. */
  when: (command: Command) => reactions(history, command).map(({ publish }) => (publish ? { publish } : {})),
});

describe('other services learn', () => {
  const about = (version: number) => ({
    aggregateId: OPEN.paymentId,
    aggregateVersion: version,
    key: ORDER,
  });
  const customer = { user_id: OPEN.customer.userId, email: 'ada@example.com', name: 'Ada' };

  it('that the payment is authorised, and on what card', () => {
    expect(given(OPEN).when(AUTHORIZED)).toEqual([
      {
        publish: {
          ...about(2),
          type: 'payment.authorized',
          payload: { ...ABOUT, brand: 'visa', last4: '4242', authorized_at: AT },
        },
      },
    ]);
  });

  it('that the card was declined, and why', () => {
    expect(given(OPEN).when(NOT_AUTHORIZED)).toEqual([
      {
        publish: {
          ...about(2),
          type: 'payment.failed',
          payload: { ...ABOUT, customer, stage: 'authorize', reason: 'card_declined', failed_at: AT },
        },
      },
    ]);
  });

  it('that the capture was refused', () => {
    expect(given(...HELD, CAPTURE).when(NOT_CAPTURED)).toMatchObject([
      { publish: { type: 'payment.failed', payload: { stage: 'capture', reason: 'card_declined' } } },
      {},
    ]);
  });

  it('that the payment was captured', () => {
    expect(given(...HELD, CAPTURE).when(CAPTURED)).toMatchObject([
      { publish: { ...about(4), type: 'payment.successful', payload: { ...ABOUT, captured_at: AT } } },
    ]);
  });

  it('that the authorisation was voided', () => {
    expect(given(...HELD, CANCEL).when(VOIDED)).toEqual([
      { publish: { ...about(4), type: 'payment.voided', payload: { ...ABOUT, voided_at: AT } } },
    ]);
  });

  it('the refunded amount, and the total', () => {
    const history = [...TAKEN, refund('a', 1_500), refunded('a'), refund('b', 500)];
    expect(given(...history).when(refunded('b'))).toMatchObject([
      {
        publish: {
          type: 'payment.refunded',
          payload: { ...ABOUT, refund_id: 'b', amount: 5, refunded_total: 20, refunded_at: AT },
        },
      },
    ]);
  });

  it('nothing about an order that was cancelled before it was placed', () => {
    expect(given().when(CANCEL)).toStrictEqual([{}]);
  });
});
