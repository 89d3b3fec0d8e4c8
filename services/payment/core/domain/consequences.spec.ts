import { describe, expect, it } from '@jest/globals';
import {
  after,
  AUTHORIZED,
  CANCEL,
  CAPTURE,
  CAPTURED,
  NOT_AUTHORIZED,
  NOT_CAPTURED,
  NOT_VOIDED,
  NOW,
  OPEN,
  ORDER,
  refund,
  refunded,
  VOIDED,
} from '../../test/payment.mother.ts';
import type { Command } from './commands.ts';
import { consequencesOf, type Consequences } from './consequences.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { lookAgain } from './gateway-calls.ts';

const AT = NOW.toISOString();
const ABOUT = { order_id: ORDER, payment_id: OPEN.paymentId, amount: 50, currency: 'EUR' };
const HELD = [OPEN, AUTHORIZED];
const TAKEN = [...HELD, CAPTURE, CAPTURED];

const given = (...history: readonly Command[]) => ({
  /** What follows from each event of the command. */
  when: (command: Command): Consequences[] => {
    let state = after(...history);
    const decided = decide(command, state, NOW);
    return (decided.ok ? decided.value : []).map((event) => {
      const changed = evolve(state, event);
      state = changed;
      return consequencesOf(event, changed);
    });
  },
});

describe('the gateway is asked', () => {
  it('to hold the amount, with the token, when a payment is opened', () => {
    expect(given().when(OPEN)).toEqual([
      {
        call: {
          key: `${ORDER}:authorize`,
          kind: 'payment.authorize',
          payload: { orderId: ORDER, token: 'tok_1', amount: OPEN.amount, look: 0 },
        },
      },
    ]);
  });

  it('nothing, when there is nothing to pay; others hear that it is paid, and no book changes', () => {
    const free = { ...OPEN, amount: { minor: 0, currency: 'EUR' }, token: '' };
    expect(given().when(free)).toMatchObject([
      { announce: undefined, book: undefined },
      { announce: { type: 'payment.successful', payload: { amount: 0 } }, book: undefined },
    ]);
    expect(
      given()
        .when(free)
        .map(({ call }) => call),
    ).toEqual([undefined, undefined]);
    expect(after(free)).toMatchObject({ status: 'captured' });
    expect(given(free).when(CANCEL)).toEqual([]);
    expect(given(free).when(CAPTURE)).toEqual([]);
    expect(given(free).when(refund('a', 1))).toEqual([]);
  });

  it('again what became of it, when it needs time', () => {
    expect(lookAgain(ORDER, 2, NOW)).toEqual({
      key: `${ORDER}:authorize:look:2`,
      kind: 'payment.authorize',
      payload: { orderId: ORDER, look: 2 },
      runAt: NOW,
    });
  });

  it('to take what it holds, when a capture is asked for', () => {
    expect(given(...HELD).when(CAPTURE)).toEqual([
      {
        call: {
          key: `${ORDER}:capture`,
          kind: 'payment.capture',
          payload: { orderId: ORDER, amount: OPEN.amount, authorization: 'hold_1' },
        },
      },
    ]);
  });

  const lift = {
    key: `${ORDER}:void`,
    kind: 'payment.void',
    payload: { orderId: ORDER, authorization: 'hold_1' },
  };

  it('to lift the hold, when the order is cancelled', () => {
    expect(given(...HELD).when(CANCEL)).toEqual([{ call: lift }]);
  });

  it('to lift the hold instead of taking it, when a capture is promised already', () => {
    expect(given(...HELD, CAPTURE).when(CANCEL)).toEqual([{ call: lift, drop: `${ORDER}:capture` }]);
  });

  it('to lift a hold that came too late, and one that it would not take', () => {
    expect(given(OPEN, CANCEL).when(AUTHORIZED)).toEqual([{}, { call: lift }]);
    expect(given(...HELD, CAPTURE).when(NOT_CAPTURED)).toMatchObject([{}, { call: lift, drop: undefined }]);
  });

  it('to give back a part, under the key of the refund', () => {
    expect(given(...TAKEN).when(refund('a', 1_500))).toEqual([
      {
        call: {
          key: `${ORDER}:refund:a`,
          kind: 'payment.refund',
          payload: {
            orderId: ORDER,
            refundKey: 'a',
            amount: { minor: 1_500, currency: 'EUR' },
            authorization: 'hold_1',
          },
        },
      },
    ]);
  });
});

describe('others hear', () => {
  const about = (version: number) => ({
    aggregateId: OPEN.paymentId,
    aggregateVersion: version,
    key: ORDER,
  });
  const customer = { user_id: OPEN.customer.userId, email: 'ada@example.com', name: 'Ada' };

  it('that the amount is held, and on what card', () => {
    expect(given(OPEN).when(AUTHORIZED)).toEqual([
      {
        announce: {
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
        announce: {
          ...about(2),
          type: 'payment.failed',
          payload: { ...ABOUT, customer, stage: 'authorize', reason: 'card_declined', failed_at: AT },
        },
      },
    ]);
  });

  it('that the capture was refused', () => {
    expect(given(...HELD, CAPTURE).when(NOT_CAPTURED)).toMatchObject([
      { announce: { type: 'payment.failed', payload: { stage: 'capture', reason: 'card_declined' } } },
      {},
    ]);
  });

  it('that the money was taken', () => {
    expect(given(...HELD, CAPTURE).when(CAPTURED)).toMatchObject([
      { announce: { ...about(4), type: 'payment.successful', payload: { ...ABOUT, captured_at: AT } } },
    ]);
  });

  it('that the hold was lifted', () => {
    expect(given(...HELD, CANCEL).when(VOIDED)).toEqual([
      { announce: { ...about(4), type: 'payment.voided', payload: { ...ABOUT, voided_at: AT } } },
    ]);
  });

  it('what went back, and what has gone back by now', () => {
    const history = [...TAKEN, refund('a', 1_500), refunded('a'), refund('b', 500)];
    expect(given(...history).when(refunded('b'))).toMatchObject([
      {
        announce: {
          type: 'payment.refunded',
          payload: { ...ABOUT, refund_id: 'b', amount: 5, refunded_total: 20, refunded_at: AT },
        },
      },
    ]);
  });

  it('nothing of an order that was cancelled before it was heard of', () => {
    expect(given().when(CANCEL)).toStrictEqual([{}]);
  });
});

describe('the ledger', () => {
  const moved = (debit: string, credit: string, minor: number) => ({
    paymentId: OPEN.paymentId,
    bookedAt: NOW,
    entries: [
      { account: debit, debit: minor, credit: 0, currency: 'EUR' },
      { account: credit, debit: 0, credit: minor, currency: 'EUR' },
    ],
  });

  it('books a capture: the gateway owes us what the customer did', () => {
    expect(given(...HELD, CAPTURE).when(CAPTURED)).toMatchObject([
      {
        book: {
          transactionId: `${ORDER}:capture`,
          ...moved('gateway_clearing', 'customer_receivable', 5_000),
        },
      },
    ]);
  });

  it('books a refund: the gateway owes us less', () => {
    expect(given(...TAKEN, refund('a', 1_500)).when(refunded('a'))).toMatchObject([
      { book: { transactionId: `${ORDER}:refund:a`, ...moved('refunds', 'gateway_clearing', 1_500) } },
    ]);
  });

  it('books a capture that was faster than the cancel, whose refund then says what for', () => {
    expect(given(...HELD, CAPTURE, CANCEL).when(NOT_VOIDED)).toMatchObject([
      { book: { transactionId: `${ORDER}:capture` } },
      { call: { key: `${ORDER}:refund:cancel:1` } },
    ]);
    expect(after(...HELD, CAPTURE, CANCEL, NOT_VOIDED)).toMatchObject({
      refunds: [{ key: 'cancel:1', minor: 5_000, reason: 'order cancelled' }],
    });
  });
});
