import { formatMoney, toDecimal } from '#kernel/money.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { caseOf, openCases, type Case } from './cases.ts';
import type { OrderRefusal, PersonCommand } from './commands.ts';
import { happened, type Decision, type Fact } from './events.ts';
import { partsAgain, partsOf, totalOf } from './line-refunds.ts';
import { inCurrency, isSameAddress, type Order } from './order.ts';
import { CANCELLED, isSettledElsewhere, refundableMinor, type RefundRequest } from './refunds.ts';
import { isFinal, isStillToBeSent, isToBeSent, lastParcel, mayHaveArrived } from './order-state.ts';
import { areAway, canRestock } from './restocking.ts';

type CommandOf<T extends PersonCommand['type']> = Extract<PersonCommand, { readonly type: T }>;

/** Decides a person's command. */
export const decidePersonCommand = (command: PersonCommand, order: Order): Decision => {
  switch (command.type) {
    case 'cancel':
      return decideCancel(command, order);
    case 'hold':
      return decideHold(command, order);
    case 'release':
      return happened(...(order.hold ? [{ type: 'released', actor: command.actor } as const] : []));
    case 'ship':
      return decideShip(command, order);
    case 'change-address':
      return decideChangeAddress(command, order);
    case 'resolve-case':
      return decideResolve(command, order);
    case 'refund':
      return decideRefund(command, order);
    case 'refund-lines':
      return decideLineRefund(command, order);
  }
};

const decideCancel = ({ actor }: CommandOf<'cancel'>, order: Order): Decision => {
  const { status, cancelRequested, awaitsReplacement } = order;
  const reason = actor.kind;
  if (status === 'cancelled' || cancelRequested !== undefined) return happened();
  if (status === 'pending') return happened({ type: 'cancelled', reason, actor });
  if (isSettledElsewhere(order))
    return refuse('ORDER_NOT_CANCELLABLE', 'Part of the payment was refunded outside the shop.');
  // Cancelling a replacement refunds everything; staff must judge whether that is right for goods that may have arrived.
  const isRight = actor.kind === 'staff' || !mayHaveArrived(order);
  if (status === 'confirmed' && isRight) return happened({ type: 'cancel-requested', reason, actor });
  if (awaitsReplacement && isRight) return happened({ type: 'cancelled', reason, actor });
  return refuse('ORDER_NOT_CANCELLABLE', `The order is ${status}; it is too late to cancel it.`);
};

/** Shipping decides whether it is still in time. */
const decideHold = ({ reason, actor }: CommandOf<'hold'>, order: Order): Decision => {
  if (!isStillToBeSent(order))
    return refuse('ORDER_NOT_HOLDABLE', `${standingOf(order)}; there is no parcel to hold.`);
  return happened(...(order.hold ? [] : [{ type: 'hold-requested', reason, actor } as const]));
};

const decideShip = ({ actor }: CommandOf<'ship'>, order: Order): Decision => {
  if (order.status === 'pending' || order.awaitsReplacement)
    return refuse('ORDER_NOT_SHIPPABLE', 'Stock and payment are not confirmed yet.');
  if (!isStillToBeSent(order))
    return refuse('ORDER_NOT_SHIPPABLE', `${standingOf(order)}; there is no parcel to send.`);
  return happened(...(order.isUrgent === true ? [] : [{ type: 'dispatch-requested', actor } as const]));
};

/** Shipping decides about a parcel that it knows; a later one is sent to where the order says then. */
const decideChangeAddress = ({ address, actor }: CommandOf<'change-address'>, order: Order): Decision => {
  const { addressRequest: wanted, status } = order;
  if (isSameAddress(address, wanted?.address ?? order.address)) return happened();
  if (!isStillToBeSent(order))
    return refuse('ADDRESS_NOT_CHANGEABLE', `${standingOf(order)}; no parcel is about to be sent.`);
  if (wanted)
    return refuse('ADDRESS_NOT_CHANGEABLE', 'An earlier change of the address is still at work; try again.');
  if (address.country !== order.address.country)
    return refuse(
      'ADDRESS_CHANGES_PRICE',
      'Tax and delivery would cost something else in another country; cancel the order and place it again.',
    );
  const isKnownToShipping = status === 'confirmed';
  return happened({ type: isKnownToShipping ? 'address-requested' : 'address-changed', address, actor });
};

const standingOf = ({ status, cancelRequested }: Order): string =>
  status === 'confirmed' && cancelRequested !== undefined
    ? 'A cancellation is requested'
    : `The order is ${status}`;

const decideResolve = (command: CommandOf<'resolve-case'>, order: Order): Decision => {
  const found = resolvableCase(command.caseId, order);
  if (!found.ok) return found;
  const { actor, resolution, restock } = command;
  const one = found.value;
  if (restock && one.kind !== 'returned')
    return refuse('NOTHING_TO_RESTOCK', 'Only returned goods can be restocked.');
  if (restock && !areAway(order, order.lines))
    return refuse('NOTHING_TO_RESTOCK', 'Some of these goods were put back into stock already.');
  const resolved: Fact = { type: 'case-resolved', caseId: one.caseId, resolution, restock, actor };
  switch (resolution) {
    case 'dismiss':
      return one.kind === 'refund_failed' && isRefundStillPossible(order)
        ? refuse('NOT_REFUNDABLE', 'The order was cancelled and its refund is pending; wait for the outcome.')
        : happened(resolved, ...deliveredEarlier(one, order));
    case 'reship':
      return isReshippable(order, one)
        ? happened(resolved, { type: 'reship-requested', actor })
        : refuse(
            'NOT_RESHIPPABLE',
            'The parcel has been delivered or is in transit, or the order has been refunded.',
          );
    case 'refund':
      return decideRefundOf(one, resolved, command, order);
  }
};

/** Payment refunds a cancelled order by itself, including amounts it had refused to refund before. */
const isRefundStillPossible = ({ status, cancelRequested, payment, refunds }: Order): boolean =>
  status === 'cancelled'
    ? payment.status === 'captured' && !refunds.some(({ reason }) => reason === CANCELLED)
    : status === 'confirmed' && cancelRequested !== undefined;

const resolvableCase = (caseId: string | undefined, order: Order): Result<Case, OrderRefusal> => {
  const open = openCases(order);
  const [only, ...others] = open;
  if (caseId === undefined && others.length > 0) {
    const names = open.map((one) => `${one.caseId} (${one.kind})`).join(', ');
    return refuse('SEVERAL_OPEN_CASES', `Name one of the open cases by case_id: ${names}.`);
  }
  const meant = caseId === undefined ? only : caseOf(order, caseId);
  return meant?.state === 'open'
    ? { ok: true, value: meant }
    : refuse('NO_OPEN_CASE', 'The order has no open case, or not this one.');
};

/** A later parcel needs no search if an earlier one has arrived. */
const deliveredEarlier = ({ kind, attempt }: Case, order: Order): readonly Fact[] => {
  if (kind !== 'lost' && kind !== 'overdue') return [];
  if (isFinal(order) || isToBeSent(order) || lastParcel(order)?.attempt !== attempt) return [];
  const arrived = order.parcels.find(({ whereabouts }) => whereabouts === 'delivered');
  return arrived ? [{ type: 'delivered', attempt: arrived.attempt }] : [];
};

/** No replacement for a parcel that is done, about to be dispatched or refunded. */
const isReshippable = (order: Order, { kind, attempt }: Case): boolean => {
  if (isFinal(order) || isToBeSent(order)) return false;
  if (order.totalMinor > 0 && refundableMinor(order) === 0) return false;
  if (kind !== 'refund_failed') return lastParcel(order)?.attempt === attempt;
  // Goods instead of money, if the refund was for a parcel.
  const isAboutParcel = openCases(order).some((one) => one.kind !== 'refund_failed');
  return (order.status === 'lost' || order.status === 'returned') && !isAboutParcel;
};

const decideRefundOf = (
  one: Case,
  resolved: Fact,
  { actor }: CommandOf<'resolve-case'>,
  order: Order,
): Decision => {
  const amountMinor = refundAmountOf(one, order);
  if (isToBeSent(order) && amountMinor >= refundableMinor(order)) {
    if (one.kind === 'refund_failed' || isSettledElsewhere(order))
      return refuse('NOT_REFUNDABLE', 'A parcel is about to be sent; cancel the order or wait.');
    // Without dispatch the order is cancelled, and so refunded; once a parcel may be under way, shipping decides.
    const reason = actor.kind;
    return order.awaitsReplacement
      ? happened(resolved, { type: 'cancelled', reason, actor })
      : happened(resolved, { type: 'cancel-requested', reason, actor });
  }
  if (amountMinor <= 0) return happened(resolved);
  // A new key each time: payment never retries a refused refund.
  const refundKey = `case-${order.refunds.length + 1}`;
  const parts = partsAgain(order, one.refundKey, amountMinor);
  const returnId = order.refunds.find((refund) => refund.refundKey === one.refundKey)?.returnId;
  const refund = {
    refundKey,
    amountMinor,
    reason: one.kind,
    ...(parts && { parts }),
    ...(returnId !== undefined && { returnId }),
  };
  return happened(resolved, { type: 'refund-requested', refund, actor });
};

/** The amount of a refund that resolves a case: the refused amount, or else everything that remains. */
const refundAmountOf = ({ kind, amountMinor = 0 }: Case, order: Order): number => {
  const left = refundableMinor(order);
  if (kind === 'refund_failed') return Math.min(left, amountMinor);
  return order.status === 'cancelled' ? 0 : left; // payment refunds a cancelled order by itself
};

const decideRefund = (command: CommandOf<'refund'>, order: Order): Decision => {
  const { refundKey, reason, amount } = command;
  if (amount.currency !== order.currency)
    return refuse('CURRENCY_MISMATCH', `The order is in ${order.currency}.`);
  return requestRefund(command, order, () => ok({ refundKey, amountMinor: amount.minor, reason }));
};

const decideLineRefund = (command: CommandOf<'refund-lines'>, order: Order): Decision => {
  const { restock = [], actor } = command;
  const refunded = refundLines(command, order);
  if (!refunded.ok || refunded.value.length === 0 || restock.length === 0) return refunded;
  return canRestock(order, restock)
    ? happened(...refunded.value, { type: 'restocked', reason: 'refund', lines: restock, actor })
    : refuse('NOTHING_TO_RESTOCK', 'These goods were not sent, or were put back into stock already.');
};

/** The refund of units of lines. */
export const refundLines = (command: Omit<CommandOf<'refund-lines'>, 'type'>, order: Order): Decision =>
  requestRefund(command, order, () => {
    const { refundKey, reason, wish } = command;
    const parts = partsOf(order, wish);
    if (!parts.ok) return parts;
    const amountMinor = totalOf(parts.value);
    if (amountMinor === 0)
      return refuse('NOT_REFUNDABLE', 'Nothing was paid for these lines, or all of it was refunded.');
    const { returnId } = wish;
    return ok({
      refundKey,
      amountMinor,
      reason,
      parts: parts.value,
      ...(returnId !== undefined && { returnId }),
    });
  });

/** A refund with the same key is requested once. */
export const requestRefund = (
  { refundKey, actor }: Pick<CommandOf<'refund'>, 'refundKey' | 'actor'>,
  order: Order,
  make: () => Result<RefundRequest, OrderRefusal>,
): Decision => {
  if (order.refunds.some((refund) => refund.refundKey === refundKey)) return happened();
  if (order.payment.status !== 'captured' || order.status === 'cancelled')
    return refuse('NOT_REFUNDABLE', 'Nothing was paid for this order, or it has already been refunded.');
  const refund = make();
  if (!refund.ok) return refund;
  const { amountMinor } = refund.value;
  const left = refundableMinor(order);
  if (amountMinor > left) return refundTooHigh(left, order);
  if (amountMinor === left && isToBeSent(order))
    return refuse('NOT_REFUNDABLE', 'A parcel is about to be sent; cancel the order or wait.');
  return happened({ type: 'refund-requested', refund: refund.value, actor });
};

const refundTooHigh = (leftMinor: number, order: Order): Decision => {
  const left = inCurrency(leftMinor, order);
  const detail = `At most ${formatMoney(left)} can still be refunded.`;
  return refuse('REFUND_TOO_HIGH', detail, {
    more: { left: toDecimal(left), currency: left.currency },
  });
};
