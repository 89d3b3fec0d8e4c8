import { describe, expect, it } from 'vitest';
import {
  after,
  AUTHORIZED,
  CANCEL,
  CAPTURE,
  CAPTURED,
  NOT_CAPTURED,
  NOT_VOIDED,
  NOW,
  OPEN,
  ORDER,
  reactions,
  refund,
  refunded,
} from '../../test/payment.mother.ts';
import type { Command } from './commands.ts';
import { lookAgain } from './tasks.ts';

const HELD = [OPEN, AUTHORIZED];
const TAKEN = [...HELD, CAPTURE, CAPTURED];

const given = (...history: readonly Command[]) => ({
  /** Consequences of each event of the command. */
  when: (command: Command) => reactions(history, command),
});

describe('the gateway is called', () => {
  it('to authorise the amount, with the token, when a payment is opened', () => {
    expect(given().when(OPEN)).toEqual([
      {
        schedule: [
          {
            key: `${ORDER}:authorize`,
            kind: 'payment.authorize',
            payload: { orderId: ORDER, token: 'tok_1', amount: OPEN.amount, look: 0 },
          },
        ],
      },
    ]);
  });

  it('never if there is nothing to pay; the payment is published as captured, and nothing is booked', () => {
    const free = { ...OPEN, amount: { minor: 0, currency: 'EUR' }, token: '' };
    expect(given().when(free)).toEqual([
      {},
      {
        publish: expect.objectContaining({
          type: 'payment.successful',
          payload: expect.objectContaining({ amount: 0 }),
        }),
      },
    ]);
    expect(after(free)).toMatchObject({ status: 'captured' });
    expect(given(free).when(CANCEL)).toEqual([]);
    expect(given(free).when(CAPTURE)).toEqual([]);
    expect(given(free).when(refund('a', 1))).toEqual([]);
  });

  it('again for the outcome, if it needs time', () => {
    expect(lookAgain(ORDER, 2, NOW)).toEqual({
      key: `${ORDER}:authorize:look:2`,
      kind: 'payment.authorize',
      payload: { orderId: ORDER, look: 2 },
      runAt: NOW,
    });
  });

  it('to capture, on command', () => {
    expect(given(...HELD).when(CAPTURE)).toEqual([
      {
        schedule: [
          {
            key: `${ORDER}:capture`,
            kind: 'payment.capture',
            payload: { orderId: ORDER, amount: OPEN.amount, authorization: 'hold_1' },
          },
        ],
      },
    ]);
  });

  const lift = {
    key: `${ORDER}:void`,
    kind: 'payment.void',
    payload: { orderId: ORDER, authorization: 'hold_1' },
  };

  it('to void, when the order is cancelled', () => {
    expect(given(...HELD).when(CANCEL)).toEqual([{ schedule: [lift] }]);
  });

  it('to void instead of capture, if a capture was already accepted', () => {
    expect(given(...HELD, CAPTURE).when(CANCEL)).toEqual([
      { schedule: [lift], cancel: [`${ORDER}:capture`] },
    ]);
  });

  it('to void an authorisation that came too late, or whose capture was refused', () => {
    expect(given(OPEN, CANCEL).when(AUTHORIZED)).toEqual([{}, { schedule: [lift] }]);
    expect(given(...HELD, CAPTURE).when(NOT_CAPTURED)).toMatchObject([{}, { schedule: [lift] }]);
  });

  it('to refund a part, under the key of the refund', () => {
    expect(given(...TAKEN).when(refund('a', 1_500))).toEqual([
      {
        schedule: [
          {
            key: `${ORDER}:refund:a`,
            kind: 'payment.refund',
            payload: {
              orderId: ORDER,
              refundKey: 'a',
              amount: { minor: 1_500, currency: 'EUR' },
              authorization: 'hold_1',
            },
          },
        ],
      },
    ]);
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
        record: {
          transactionId: `${ORDER}:capture`,
          ...moved('gateway_clearing', 'customer_receivable', 5_000),
        },
      },
    ]);
  });

  it('books a refund: the gateway owes us less', () => {
    expect(given(...TAKEN, refund('a', 1_500)).when(refunded('a'))).toMatchObject([
      { record: { transactionId: `${ORDER}:refund:a`, ...moved('refunds', 'gateway_clearing', 1_500) } },
    ]);
  });

  it('books a capture that was faster than the cancellation, and the reason of its refund', () => {
    expect(given(...HELD, CAPTURE, CANCEL).when(NOT_VOIDED)).toMatchObject([
      { record: { transactionId: `${ORDER}:capture` } },
      { schedule: [{ key: `${ORDER}:refund:cancel:1` }] },
    ]);
    expect(after(...HELD, CAPTURE, CANCEL, NOT_VOIDED)).toMatchObject({
      refunds: [{ key: 'cancel:1', minor: 5_000, reason: 'order cancelled' }],
    });
  });
});
