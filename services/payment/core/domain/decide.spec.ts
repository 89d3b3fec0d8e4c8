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
  notRefunded,
  NOW,
  OPEN,
  refund,
  refunded,
  VOIDED,
} from '../../test/payment.mother.ts';
import type { Command } from './commands.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { refundableMinor } from './payment.ts';

const given = (...history: readonly Command[]) => {
  const state = after(...history);
  return {
    status: state?.kind === 'payment' ? state.status : state?.kind,
    when: (command: Command) => {
      const decided = decide(command, state, NOW);
      return decided.ok ? decided.value.map(({ type }) => type) : decided.error.code;
    },
  };
};

/** Histories that lead to each state. */
const STATES = {
  unknown: [],
  tombstone: [CANCEL],
  pending: [OPEN],
  cancelling: [OPEN, CANCEL],
  authorized: [OPEN, AUTHORIZED],
  capturing: [OPEN, AUTHORIZED, CAPTURE],
  captured: [OPEN, AUTHORIZED, CAPTURE, CAPTURED],
  voiding: [OPEN, AUTHORIZED, CANCEL],
  voided: [OPEN, AUTHORIZED, CANCEL, VOIDED],
  failed: [OPEN, NOT_AUTHORIZED],
  cancelled: [OPEN, CANCEL, NOT_AUTHORIZED],
} as const satisfies Record<string, readonly Command[]>;

const table = (
  command: Command,
  expected: Readonly<Record<keyof typeof STATES, readonly string[] | string>>,
): void => {
  it.each(Object.entries(expected))('given %s → %j', (state, then) => {
    expect(given(...STATES[state as keyof typeof STATES]).when(command)).toStrictEqual(then);
  });
};

describe('a payment', () => {
  it.each(Object.entries(STATES).slice(1))('can be %s', (state, history) => {
    expect(given(...history).status).toBe(state);
  });

  it('counts its changes', () => {
    expect(after(OPEN, AUTHORIZED, CAPTURE, CAPTURED)?.version).toBe(4);
  });

  it('is a mistake where there is none', () => {
    expect(() => evolve(undefined, { type: 'captured', at: NOW })).toThrow('no payment');
  });
});

describe('an order that was placed', () => {
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

  it('cannot have two payments that differ', () => {
    const other = { ...OPEN, amount: { minor: 1, currency: 'EUR' } };
    expect(given(OPEN).when(other)).toBe('PAYMENT_DIFFERS');
    expect(given(OPEN).when({ ...OPEN, customer: { ...OPEN.customer, userId: 'x' } })).toBe(
      'PAYMENT_DIFFERS',
    );
  });
});

describe('a cancel', () => {
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

  it('gives back only what is still there', () => {
    const history = [...STATES.captured, refund('a', 3_000)];
    expect(decide(CANCEL, after(...history), NOW)).toMatchObject({
      value: [{ type: 'refund_requested', key: 'cancel:2', minor: 2_000 }],
    });
    expect(given(...history, CANCEL).when(CANCEL)).toStrictEqual([]);
  });

  it('tries again when its refund was refused', () => {
    const history = [...STATES.captured, CANCEL, notRefunded('cancel:1')];
    expect(decide(CANCEL, after(...history), NOW)).toMatchObject({
      value: [{ type: 'refund_requested', key: 'cancel:2', minor: 5_000 }],
    });
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

describe('an approved authorisation', () => {
  it('that nobody wants any more is void, and never counts as one', () => {
    expect(after(OPEN, CANCEL, AUTHORIZED)).toMatchObject({ status: 'voiding', authorization: 'hold_1' });
  });

  table(AUTHORIZED, {
    unknown: [],
    tombstone: [],
    pending: ['authorized'],
    cancelling: ['authorized', 'void_requested'],
    authorized: [],
    capturing: [],
    captured: [],
    voiding: [],
    voided: [],
    failed: [],
    cancelled: [],
  });
});

describe('a declined authorisation', () => {
  it('leaves a failed payment that says why', () => {
    expect(after(OPEN, NOT_AUTHORIZED)).toMatchObject({
      status: 'failed',
      failure: { stage: 'authorize', reason: 'card_declined' },
    });
  });

  table(NOT_AUTHORIZED, {
    unknown: [],
    tombstone: [],
    pending: ['authorization_refused'],
    cancelling: ['given_up'],
    authorized: [],
    capturing: [],
    captured: [],
    voiding: [],
    voided: [],
    failed: [],
    cancelled: [],
  });
});

describe('a capture that took effect', () => {
  table(CAPTURED, {
    unknown: [],
    tombstone: [],
    pending: [],
    cancelling: [],
    authorized: [],
    capturing: ['captured'],
    captured: [],
    voiding: ['captured', 'refund_requested'],
    voided: [],
    failed: [],
    cancelled: [],
  });
});

describe('a capture that was refused', () => {
  table(NOT_CAPTURED, {
    unknown: [],
    tombstone: [],
    pending: [],
    cancelling: [],
    authorized: [],
    capturing: ['capture_refused', 'void_requested'],
    captured: [],
    voiding: [],
    voided: [],
    failed: [],
    cancelled: [],
  });

  it('leaves a failed payment, also when its hold is void', () => {
    const history = [...STATES.capturing, NOT_CAPTURED];
    expect(given(...history).when(VOIDED)).toEqual(['voided']);
    expect(after(...history, VOIDED)).toMatchObject({ status: 'failed', failure: { stage: 'capture' } });
    expect(given(...history, VOIDED).when(VOIDED)).toEqual([]);
  });
});

describe('a hold that was lifted', () => {
  table(VOIDED, {
    unknown: [],
    tombstone: [],
    pending: [],
    cancelling: [],
    authorized: [],
    capturing: [],
    captured: [],
    voiding: ['voided'],
    voided: [],
    failed: [],
    cancelled: [],
  });
});

describe('a hold that was captured before it could be lifted', () => {
  table(NOT_VOIDED, {
    unknown: [],
    tombstone: [],
    pending: [],
    cancelling: [],
    authorized: [],
    capturing: [],
    captured: [],
    voiding: ['captured', 'refund_requested'],
    voided: [],
    failed: [],
    cancelled: [],
  });
});

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
    ['more than there is', refund('b', 5_001), 'AMOUNT_TOO_HIGH'],
    ['nothing', refund('b', 0), 'INVALID_REFUND'],
    ['less than nothing', refund('b', -1), 'INVALID_REFUND'],
    ['another currency', refund('b', 100, 'USD'), 'INVALID_REFUND'],
  ])('cannot be %s', (_, command, code) => {
    expect(given(...STATES.captured).when(command)).toBe(code);
  });

  it('counts what is on its way as gone', () => {
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

  it('that the gateway refuses stays visible, and its amount can be given back under another key', () => {
    const history = [...STATES.captured, refund('a', 5_000), refund('none', 1), notRefunded('a')];
    const state = after(...history);
    expect(state).toMatchObject({ refunds: [{ key: 'a', status: 'refused', refusal: 'card_declined' }] });
    expect(state?.kind === 'payment' && refundableMinor(state)).toBe(5_000);
    expect(given(...history).when(refund('a', 5_000))).toBe('REFUND_REFUSED');
    expect(given(...history).when(refund('b', 5_000))).toEqual(['refund_requested']);
  });
});
