import type { Schemas } from '../../api.ts';

type Order = Schemas['Order'];
type Payment = Schemas['Payment'];
export type Case = NonNullable<Order['cases']>[number];
export type Resolution = NonNullable<Case['resolution']>;

/**
 * What staff may do with an order now. The server decides; this says what to offer, and is to be replaced by what the server
 * says once it does.
 */
export interface Acts {
  readonly canCancel: boolean;
  /** In major units; 0 if nothing can be refunded. */
  readonly refundable: number;
  readonly openCases: readonly Case[];
}

export const actsOf = (order: Order, payment: Payment | null | undefined): Acts => ({
  canCancel:
    (order.status === 'pending' || order.status === 'confirmed') && order.cancel_requested === undefined,
  refundable: refundableOf(order, payment),
  openCases: (order.cases ?? []).filter(({ state }) => state === 'open'),
});

/** What was paid, less what went back or is about to. */
const refundableOf = (order: Order, payment: Payment | null | undefined): number => {
  if (order.payment.status !== 'captured' || order.status === 'cancelled') return 0;
  const requested = payment?.refunds
    .filter(({ status }) => status !== 'refused')
    .map(({ amount }) => amount) ?? [order.refunded_total];
  const gone = Math.max(order.refunded_total, sum(requested));
  return Math.max(0, fromCents(cents(order.total_amount) - cents(gone)));
};

/** Sums of decimals would end in 0.30000000000000004: no currency has more than three decimals. */
const cents = (amount: number): number => Math.round(amount * 1_000);
const fromCents = (amount: number): number => amount / 1_000;
const sum = (amounts: readonly number[]): number =>
  fromCents(amounts.reduce((all, one) => all + cents(one), 0));

/** Refunded so far and what remains, once a refund of `amount` is done. */
export const afterRefund = (
  order: Order,
  refundable: number,
  amount: number,
): { readonly refunded: number; readonly left: number } => ({
  refunded: fromCents(cents(order.total_amount) - cents(refundable) + cents(amount)),
  left: fromCents(cents(refundable) - cents(amount)),
});

/** How a case can be resolved. */
export const resolutionsOf = (order: Order, one: Case, refundable: number): readonly Resolution[] => {
  const isSent = order.status !== 'confirmed' && order.status !== 'pending';
  const isOver = order.status === 'delivered' || order.status === 'cancelled' || order.status === 'refunded';
  return [
    ...(refundable > 0 || one.kind === 'refund_failed' || !isSent ? (['refund'] as const) : []),
    ...(isSent && !isOver && refundable > 0 ? (['reship'] as const) : []),
    'dismiss',
  ];
};
