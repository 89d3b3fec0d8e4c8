import { SYSTEM } from './actor.ts';
import { caseOf, nextCaseId, withClosed, withOpened, type Case, type CaseEntry } from './cases.ts';
import type { OrderEvent, OrderEventOf } from './events.ts';
import { casesMeant } from './old-events.ts';
import type { Order, SentParcel } from './order.ts';
import { CANCELLED, isPaidBack, refundableMinor, withRefund } from './refunds.ts';
import { isDecidedBy, isToBeSent, lastParcel } from './order-state.ts';
import { sentenceOf } from './words.ts';

const entryOf = (event: OrderEvent, order: Order) => ({
  at: event.at,
  what: sentenceOf(event, order),
  actor: event.actor ?? SYSTEM,
});

/** The order's cases and parcels after a case is opened. */
export const caseOpened = (order: Order, event: OrderEventOf<'case-opened'>): Partial<Order> => {
  const { kind, caseId = nextCaseId(order) } = event;
  // In old histories the failed refund itself opened the case.
  if (kind === 'refund_failed') return {};
  const awaitsReplacement = event.attempt === undefined ? false : order.awaitsReplacement;
  const attempt = event.attempt ?? lastParcel(order)?.attempt ?? order.attempt;
  const cases = withOpened(order.cases, { caseId, kind, attempt }, entryOf(event, order));
  if (kind !== 'lost' && kind !== 'returned') return { cases, awaitsReplacement };
  const parcels = order.parcels.map((parcel): SentParcel =>
    parcel.attempt === attempt ? { ...parcel, whereabouts: kind } : parcel,
  );
  const isTheOrders = isDecidedBy({ ...order, awaitsReplacement }, attempt);
  return { cases, awaitsReplacement, parcels, ...(isTheOrders ? { status: kind } : {}) };
};

export const refundFailed = (order: Order, event: OrderEventOf<'refund-failed'>): Partial<Order> => {
  const { refundKey, amountMinor } = event;
  const isKnown = order.refunds.some((refund) => refund.refundKey === refundKey);
  const opening: Pick<Case, 'caseId' | 'kind' | 'attempt' | 'refundKey' | 'amountMinor'> = {
    caseId: nextCaseId(order),
    kind: 'refund_failed',
    attempt: order.attempt,
    refundKey,
    amountMinor,
  };
  return {
    refunds: isKnown
      ? withRefund(order.refunds, refundKey, (one) => ({ ...one, status: 'failed' }))
      : [...order.refunds, { refundKey, amountMinor, reason: CANCELLED, status: 'failed' }],
    cases: withOpened(order.cases, opening, entryOf(event, order)),
  };
};

/** The order after staff resolve a case. */
export const caseDecided = (order: Order, event: OrderEventOf<'case-resolved'>): Partial<Order> => {
  const meant = event.caseId === undefined ? casesMeant(order) : [caseOf(order, event.caseId)];
  const decided = meant.filter((one) => one !== undefined);
  const ids = new Set(decided.map(({ caseId }) => caseId));
  const entry = entryOf(event, order);
  const { resolution } = event;
  const cases = withClosed(order.cases, ({ caseId }) => ids.has(caseId), entry, resolution);
  if (resolution === 'reship') return { cases };
  // With no refund to follow, the case is done.
  if (resolution === 'refund') return endedByMoney({ ...order, cases }, entry);
  const refunds = decided.reduce((all, one) => settled({ ...order, refunds: all }, one), order.refunds);
  if (refunds !== order.refunds) return endedByMoney({ ...order, cases, refunds }, entry);
  const waitsAgain = order.status === 'lost' && decided.some(({ kind }) => kind === 'lost');
  return { cases, ...(waitsAgain ? { status: 'shipped' } : {}) };
};

/** Dismissed: the money that could not be refunded on the card was returned in another way. */
const settled = (order: Order, { kind, refundKey, amountMinor = 0 }: Case): Order['refunds'] =>
  kind !== 'refund_failed' || refundKey === undefined
    ? order.refunds
    : withRefund(order.refunds, refundKey, (one) => ({
        ...one,
        status: 'settled',
        amountMinor: Math.min(amountMinor, refundableMinor(order)),
      }));

/** An order without remaining money ends, unless a parcel is about to be dispatched. Goods may still come back. */
export const endedByMoney = (order: Order, entry: CaseEntry): Pick<Order, 'status' | 'cases' | 'refunds'> => {
  const { status, cases, refunds } = order;
  if (!isPaidBack(order) || isToBeSent(order)) return { status, cases, refunds };
  if (status === 'cancelled')
    // Earlier refused refunds were included.
    return {
      status,
      cases: withClosed(cases, ({ kind }) => kind === 'refund_failed', entry),
      refunds: refunds.map((one) => (one.status === 'failed' ? { ...one, status: 'dropped' } : one)),
    };
  return {
    status: 'refunded',
    cases: withClosed(cases, ({ kind }) => kind === 'lost' || kind === 'overdue', entry),
    refunds,
  };
};
