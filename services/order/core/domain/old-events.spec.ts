import { describe, expect, it } from 'vitest';
import {
  AT,
  AUTHORIZED,
  CAPTURED,
  DISPATCHED,
  historyOf,
  orderOf,
  placed,
  RESERVED,
} from '#order/test/order.mother.ts';
import { openCases } from './cases.ts';
import type { Fact } from './events.ts';

/** A history as written before cases had ids. */
const told = (...events: readonly Fact[]) =>
  orderOf([
    ...historyOf(placed(), RESERVED, AUTHORIZED, CAPTURED, DISPATCHED),
    ...events.map((event) => ({ ...event, at: AT })),
  ]);
const lost = [
  { type: 'parcel-moved', status: 'lost', detail: 'x' },
  { type: 'case-opened', kind: 'lost' },
] as const;
const failed = [
  { type: 'refund-requested', refund: { refundKey: 'a', amountMinor: 100, reason: 'x' } },
  { type: 'refund-failed', refundKey: 'a', amountMinor: 100, reason: 'x' },
] as const;
const resolved = (resolution: 'refund' | 'reship' | 'dismiss') =>
  ({ type: 'case-resolved', resolution, restock: false }) as const;
const kindsOf = (order: ReturnType<typeof told>) => openCases(order).map(({ kind }) => kind);

describe('a history from before cases had ids', () => {
  it('shows the parcel’s case and its end', () => {
    expect(told(...lost)).toMatchObject({
      status: 'lost',
      parcels: [{ attempt: 1, whereabouts: 'lost' }],
      cases: [{ caseId: 'case-1', kind: 'lost', attempt: 1 }],
    });
    expect(kindsOf(told(...lost, resolved('dismiss')))).toEqual([]);
    expect(kindsOf(told(...lost, { type: 'delivered' }))).toEqual([]);
  });

  it('shows a failed refund once, whether it had a case or not', () => {
    expect(kindsOf(told(...failed, { type: 'case-opened', kind: 'refund_failed' }))).toEqual([
      'refund_failed',
    ]);
    expect(kindsOf(told(...lost, ...failed))).toEqual(['lost', 'refund_failed']);
  });

  it('closes the case that a decision was about: the parcel before the money', () => {
    expect(kindsOf(told(...lost, ...failed, resolved('dismiss')))).toEqual(['refund_failed']);
    expect(kindsOf(told(...failed, resolved('dismiss')))).toEqual([]);
  });

  it('has no replacement when the case is open again', () => {
    const again = told(...lost, resolved('reship'), { type: 'reship-requested' });
    expect(again).toMatchObject({ attempt: 2, awaitsReplacement: true });
    const none = told(
      ...lost,
      resolved('reship'),
      { type: 'reship-requested' },
      { type: 'case-opened', kind: 'lost' },
    );
    expect(none).toMatchObject({
      status: 'lost',
      awaitsReplacement: false,
      cases: [{}, { kind: 'lost', attempt: 1 }],
    });
  });

  it('finds a completed refund by its amount', () => {
    const asked = {
      type: 'refund-requested',
      refund: { refundKey: 'b', amountMinor: 200, reason: 'x' },
    } as const;
    const paid = { type: 'refunded', amountMinor: 200, totalMinor: 200, reason: 'x' } as const;
    expect(told(asked, paid)).toMatchObject({
      refundedMinor: 200,
      refunds: [{ refundKey: 'b', status: 'done' }],
    });
    expect(told(paid)).toMatchObject({ refundedMinor: 200, refunds: [{ status: 'done' }] });
  });
});
