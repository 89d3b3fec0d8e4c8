import { describe, expect, it } from 'vitest';
import { given, STATES, table } from '../../test/decisions.ts';
import {
  after,
  AUTHORIZED,
  CANCEL,
  CAPTURED,
  NOT_AUTHORIZED,
  NOT_CAPTURED,
  NOT_VOIDED,
  OPEN,
  VOIDED,
} from '../../test/payment.mother.ts';

describe('an approved authorisation', () => {
  it('for a cancelled order is voided, and never counts as authorised', () => {
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
  it('leaves a failed payment with the reason', () => {
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

  it('leaves a failed payment, also after its void', () => {
    const history = [...STATES.capturing, NOT_CAPTURED];
    expect(given(...history).when(VOIDED)).toEqual(['voided']);
    expect(after(...history, VOIDED)).toMatchObject({ status: 'failed', failure: { stage: 'capture' } });
    expect(given(...history, VOIDED).when(VOIDED)).toEqual([]);
  });
});

describe('a void', () => {
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

describe('a hold that was captured before its void', () => {
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
