import { formatMoney } from '#kernel/money.ts';
import { caseOf, type CaseKind, type Resolution } from './cases.ts';
import type { OrderEvent } from './events.ts';
import { inCurrency, type Order } from './order.ts';
import type { ReturnState } from './returns/return.ts';

const ORIGINS: Readonly<Record<string, string>> = {
  customer: 'by the customer',
  staff: 'by the shop',
  timeout: 'because it took too long',
  out_of_stock: 'because some items are no longer in stock',
  payment_failed: 'because the payment failed',
};

/** Converts codes to words: `card_declined` → "card declined". */
const inWords = (code: string): string => code.replaceAll('_', ' ').toLowerCase();

const CASES: Readonly<Record<CaseKind, string>> = {
  lost: 'The parcel is lost; we are looking into it',
  returned: 'The parcel has come back to us; we are looking into it',
  overdue: 'The parcel is overdue; we are looking into it',
  cancel_unanswered: 'The cancellation is taking too long; we are looking into it',
  refund_failed: 'A refund has failed; we are looking into it',
};

const REFUND_REASONS: Readonly<Record<string, string>> = {
  lost: 'the parcel was lost',
  returned: 'the parcel came back',
  overdue: 'the parcel did not arrive',
  refund_failed: 'an earlier refund had failed',
  cancelled: 'the order was cancelled',
  return: 'goods were sent back',
};

/** The reason of a refund: words for our codes, or else the text from the request. */
export const refundReason = (reason: string): string => REFUND_REASONS[reason] ?? reason;

const DECISIONS: Readonly<Record<Resolution, string>> = {
  refund: 'We will refund you',
  reship: 'We will send a replacement',
  dismiss: 'We have looked into it',
};

const DISMISSALS: Readonly<Record<CaseKind, string>> = {
  lost: 'We are still waiting for the parcel',
  overdue: 'We are still waiting for the parcel',
  returned: 'The parcel stays with us',
  cancel_unanswered: 'We are still waiting for the cancellation',
  refund_failed: 'The refund was paid in another way',
};

const RETURNS: Readonly<Record<ReturnState, string>> = {
  requested: 'requested',
  approved: 'approved',
  received: 'received',
  inspected: 'inspected',
  awaiting_payment: 'waits for the payment of what other goods cost more',
  refunding: 'accepted',
  refunded: 'refunded',
  exchanging: 'accepted: we will send goods in exchange',
  exchanged: 'exchanged',
  rejected: 'rejected',
  cancelled: 'cancelled',
};

/** An event as a sentence for the customer. `order` is the state before. */
export const sentenceOf = (event: OrderEvent, order: Order): string => {
  const amount = (minor: number): string => formatMoney(inCurrency(minor, order));
  switch (event.type) {
    case 'placed':
      return event.placed.exchangeFor ? 'Placed in exchange for what was sent back' : 'Order placed';
    case 'claimed':
      return 'Added to the customer’s account';
    case 'stock-reserved':
      return 'Stock reserved';
    case 'payment-authorized':
      return 'Payment authorised';
    case 'confirmed':
      return 'Order confirmed';
    case 'payment-captured':
      return 'Payment captured';
    case 'payment-failed':
      return `Payment failed: ${inWords(event.reason)}`;
    case 'shipped':
      return `Handed to ${event.parcel.carrier}${tooLateFor(order)}`;
    case 'parcel-moved':
      return event.detail;
    case 'delivered':
      return 'Delivered';
    case 'hold-requested':
      return 'The parcel is to wait';
    case 'held':
      return 'The parcel waits until the shop releases it';
    case 'released':
      return 'The parcel no longer has to wait';
    case 'dispatch-requested':
      return 'The parcel is sent at once';
    case 'address-requested':
      return 'The parcel is to go to another address';
    case 'address-changed':
      return 'The shipping address was changed';
    case 'cancel-requested':
      return `Cancellation requested ${ORIGINS[event.reason] ?? `(${inWords(event.reason)})`}`;
    case 'cancelled':
      return `Cancelled ${ORIGINS[event.reason] ?? `(${inWords(event.reason)})`}`;
    case 'case-opened':
      return CASES[event.kind];
    case 'case-resolved': {
      const kind = caseOf(order, event.caseId)?.kind;
      const isDismissed = event.resolution === 'dismiss' && kind !== undefined;
      return isDismissed ? DISMISSALS[kind] : DECISIONS[event.resolution];
    }
    case 'reship-requested':
      return 'A replacement will be sent once its goods are reserved';
    case 'replacement-refused':
      return 'There is no stock for a replacement';
    case 'refund-requested':
      return `Refund of ${amount(event.refund.amountMinor)} on its way`;
    case 'refunded':
      return `Refunded ${amount(event.amountMinor)}: ${refundReason(event.reason)}`;
    case 'refund-failed':
      return `Refund of ${amount(event.amountMinor)} failed (${inWords(event.reason)}); we are looking into it`;
    case 'refund-dropped':
      return `The refund of ${amount(event.amountMinor)} is included in the refund of the cancelled order`;
    case 'return-moved':
      return `Return ${event.number} ${RETURNS[event.state]}`;
    case 'restocked':
      return 'Goods put back into stock';
  }
};

/** What was asked for before the parcel left. */
const tooLateFor = ({ hold, addressRequest }: Order): string => {
  if (addressRequest) return ' before its address could be changed';
  return hold ? ' before it could be stopped' : '';
};
