import { describe, expect, it } from 'vitest';
import { given, STATES, table } from '../../test/decisions.ts';
import { after, CANCEL, CAPTURE, notRefunded, NOW, OPEN, refund } from '../../test/payment.mother.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';

describe('a payment', () => {
  it.each(Object.entries(STATES).slice(1))('can be %s', (state, history) => {
    expect(given(...history).status).toBe(state);
  });

  it('is an error without a payment', () => {
    expect(() => evolve(undefined, { type: 'captured', at: NOW })).toThrow('no payment');
  });
});

describe('a placed order', () => {
  table(OPEN, {
    unknown: ['opened'],
    tombstone: 'PAYMENT_CANCELLED',
    pending: [],
    cancelling: [],
    authorized: [],
    capturing: [],
    captured: [],
    voiding: [],
    voided: [],
    failed: [],
    cancelled: [],
  });

  it('cannot have two different payments', () => {
    const other = { ...OPEN, amount: { minor: 1, currency: 'EUR' } };
    expect(given(OPEN).when(other)).toBe('PAYMENT_DIFFERS');
    expect(given(OPEN).when({ ...OPEN, customer: { ...OPEN.customer, userId: 'x' } })).toBe(
      'PAYMENT_DIFFERS',
    );
  });
});

describe('a cancellation', () => {
  table(CANCEL, {
    unknown: ['tombstoned'],
    tombstone: [],
    pending: ['cancel_noted'],
    cancelling: [],
    authorized: ['void_requested'],
    capturing: ['void_requested'],
    captured: ['refund_requested'],
    voiding: [],
    voided: [],
    failed: [],
    cancelled: [],
  });

  it('refunds only the remaining amount', () => {
    const history = [...STATES.captured, refund('a', 3_000)];
    expect(decide(CANCEL, after(...history), NOW)).toMatchObject({
      value: [{ type: 'refund_requested', key: 'cancel:2', minor: 2_000 }],
    });
    expect(given(...history, CANCEL).when(CANCEL)).toStrictEqual([]);
  });

  it('that is repeated refunds nothing, even if its refund was refused: staff may have returned the money', () => {
    const history = [...STATES.captured, CANCEL, notRefunded('cancel:1')];
    expect(given(...history).when(CANCEL)).toStrictEqual([]);
    expect(given(...history).when(refund('case-1', 5_000))).toEqual(['refund_requested']);
  });
});

describe('a capture', () => {
  table(CAPTURE, {
    unknown: 'PAYMENT_NOT_FOUND',
    tombstone: 'PAYMENT_CANCELLED',
    pending: 'PAYMENT_NOT_AUTHORIZED',
    cancelling: 'PAYMENT_CANCELLED',
    authorized: ['capture_requested'],
    capturing: [],
    captured: [],
    voiding: 'PAYMENT_CANCELLED',
    voided: 'PAYMENT_CANCELLED',
    failed: 'PAYMENT_FAILED',
    cancelled: 'PAYMENT_CANCELLED',
  });
});
