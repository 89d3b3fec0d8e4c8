import type { Actor } from '../actor.ts';
import type { Line } from '../order.ts';
import type { LineRefund, LineUnits } from '../refunds.ts';

/** Why a customer sends a line back. */
export const RETURN_REASONS = [
  'changed_mind',
  'wrong_size',
  'not_as_described',
  'wrong_item',
  'damaged',
  'faulty',
  'arrived_late',
  'other',
] as const;

export type ReturnReason = (typeof RETURN_REASONS)[number];

export const RETURN_STATES = [
  'requested',
  'approved',
  'received',
  'inspected',
  'awaiting_payment',
  'refunding',
  'refunded',
  'exchanging',
  'exchanged',
  'rejected',
  'cancelled',
] as const;

/**
 * `received`: the goods are there; `inspected`: staff have decided what goes back into stock; `awaiting_payment`: the customer is to pay the
 * difference for goods that cost more; `refunding`: payment is at work; `exchanging`: an order in exchange waits for stock, and for payment of a
 * difference. The others are final, but an exchanged return is `inspected` again if its order fails.
 */
export type ReturnState = (typeof RETURN_STATES)[number];

export const CONDITIONS = ['as_new', 'opened', 'used', 'damaged'] as const;

/** How goods came back. */
export type Condition = (typeof CONDITIONS)[number];

/** Goods that a customer sends back; the shop's record, apart from the order's history. */
export interface Return {
  readonly returnId: string;
  readonly orderId: string;
  /** By which people name it, and which is written on the parcel: the order's number, `-R`, and a count. */
  readonly number: string;
  readonly state: ReturnState;
  /** One per variant. */
  readonly lines: readonly ReturnLine[];
  /** Of the order. */
  readonly currency: string;
  readonly words: Words;
  /** What was given back, minor units of the order's currency; absent until a refund is requested. */
  readonly refundedMinor?: number;
  /** The order that replaces the goods, or failed to. */
  readonly exchange?: Exchange;
  /** Goods that cost more, until the customer has paid the difference or `until` has passed. */
  readonly offer?: Offer | undefined;
  /** Oldest first. */
  readonly history: readonly ReturnStep[];
}

export interface Exchange {
  readonly orderId: string;
  /** Why there is none: the reason for which it was cancelled. */
  readonly failure?: string;
  /** Absent in returns from before goods of another price could be sent. */
  readonly differences?: Differences;
}

/** What an exchange costs and gives back, taxes included. Lines are not set off against each other: an invoice shows what was charged. */
export interface Differences {
  /** Given back once the order in exchange is confirmed, by line that costs less. */
  readonly refunds: readonly LineRefund[];
  /** What the customer does not have to pay, because staff said so. */
  readonly waivedMinor: number;
}

export interface Offer {
  /** What is sent in place of variants that came back. */
  readonly instead: readonly { readonly variantId: string; readonly goods: Goods }[];
  /** What the customer is to pay, taxes included. */
  readonly dueMinor: number;
  /** RFC 3339. */
  readonly until: string;
}

/** What is sent in place of a variant, with the price per unit. */
export type Goods = Pick<Line, 'productId' | 'variantId' | 'sku' | 'name' | 'priceMinor'>;

/** What people wrote. It is forgotten when the customer's data is erased. */
export interface Words {
  /** The customer's. */
  readonly comment?: string;
  /** How to send the goods back, from staff; without them, the shop's usual ones apply. */
  readonly instructions?: string;
  /** Why staff rejected it. */
  readonly rejection?: string;
}

export interface ReturnLine {
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly reason: ReturnReason;
  /** Units that came back. */
  readonly received?: number;
  readonly condition?: Condition;
  /** Units put back into stock. */
  readonly restocked?: number;
}

export interface ReturnStep {
  readonly state: ReturnState;
  /** RFC 3339. */
  readonly at: string;
  readonly actor: Actor;
}

/** Units that came back, or all that are expected. */
export const unitsOf = ({ quantity, received }: Pick<ReturnLine, 'quantity' | 'received'>): number =>
  received ?? quantity;

/** Units of the order that are in the return: none once it has come to nothing. */
export const heldLines = ({ state, lines }: Pick<Return, 'state' | 'lines'>): readonly LineUnits[] =>
  state === 'rejected' || state === 'cancelled'
    ? []
    : lines
        .map((line) => ({ variantId: line.variantId, quantity: unitsOf(line) }))
        .filter(({ quantity }) => quantity > 0);

export const requestedAt = ({ history }: Return): string => timeOf(history[0]);
export const updatedAt = ({ history }: Return): string => timeOf(history.at(-1));

const timeOf = (step: ReturnStep | undefined): string => {
  if (!step) throw new Error('a return begins with its request');
  return step.at;
};
