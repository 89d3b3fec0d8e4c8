import { describe, expect, it } from 'vitest';
import { given, STATES, table } from '../../test/decisions.ts';
import { after, notRefunded, refund, refunded } from '../../test/payment.mother.ts';
import { refundableMinor } from './payment.ts';

describe('a refund', () => {
  table(refund('a', 5_000), {
    unknown: 'PAYMENT_NOT_FOUND',
    tombstone: 'NOTHING_CAPTURED',
    pending: 'NOTHING_CAPTURED',
    cancelling: 'NOTHING_CAPTURED',
    authorized: 'NOTHING_CAPTURED',
    capturing: 'NOTHING_CAPTURED',
    captured: ['refund_requested'],
    voiding: 'NOTHING_CAPTURED',
    voided: 'NOTHING_CAPTURED',
    failed: 'NOTHING_CAPTURED',
    cancelled: 'NOTHING_CAPTURED',
  });

  it.each([
    ['more than was captured', refund('b', 5_001), 'AMOUNT_TOO_HIGH'],
    ['nothing', refund('b', 0), 'INVALID_REFUND'],
    ['a negative amount', refund('b', -1), 'INVALID_REFUND'],
    ['an amount in another currency', refund('b', 100, 'USD'), 'INVALID_REFUND'],
  ])('cannot be %s', (_, command, code) => {
    expect(given(...STATES.captured).when(command)).toBe(code);
  });

  it('counts pending refunds as refunded', () => {
    expect(given(...STATES.captured, refund('a', 3_000)).when(refund('b', 2_001))).toBe('AMOUNT_TOO_HIGH');
    expect(given(...STATES.captured, refund('a', 3_000)).when(refund('b', 2_000))).toEqual([
      'refund_requested',
    ]);
  });

  it('happens once per key', () => {
    const history = [...STATES.captured, refund('a', 3_000)];
    expect(given(...history).when(refund('a', 3_000))).toStrictEqual([]);
    expect(given(...history, refunded('a')).when(refund('a', 3_000))).toStrictEqual([]);
    expect(given(...history).when(refund('a', 1))).toBe('REFUND_KEY_REUSED');
  });

  it('is settled once', () => {
    const history = [...STATES.captured, refund('a', 3_000)];
    expect(given(...history).when(refunded('a'))).toEqual(['refunded']);
    expect(given(...history, refunded('a')).when(refunded('a'))).toEqual([]);
    expect(given(...history).when(refunded('other'))).toEqual([]);
  });

  it('that the gateway refuses stays visible, and its amount can be refunded under another key', () => {
    const history = [...STATES.captured, refund('a', 5_000), refund('none', 1), notRefunded('a')];
    const state = after(...history);
    expect(state).toMatchObject({ refunds: [{ key: 'a', status: 'refused', refusal: 'card_declined' }] });
    expect(state?.kind === 'payment' && refundableMinor(state)).toBe(5_000);
    expect(given(...history).when(refund('a', 5_000))).toBe('REFUND_REFUSED');
    expect(given(...history).when(refund('b', 5_000))).toEqual(['refund_requested']);
  });
});
