import type { Money } from '#kernel/money.ts';
import type { Result } from '#kernel/result.ts';
import type { Refused } from './values.ts';

/** What customers do about goods that they send back. */
export interface ReturnsOfShop {
  /** Oldest first; none of an order that the visitor may not see. */
  returnsOf(orderId: string): Promise<readonly OrderReturn[]>;
  /** Repeating the same request has no effect. */
  requestReturn(orderId: string, wish: ReturnWish): Promise<Result<undefined, Refused>>;
  cancelReturn(orderId: string, returnId: string): Promise<Result<undefined, Refused>>;
  /** Pays what goods in exchange cost more. Repeating the same request has no effect. */
  payExchange(
    orderId: string,
    returnId: string,
    payment: { readonly paymentToken: string; readonly total: Money },
  ): Promise<Result<undefined, Refused>>;
  /** As PDF; undefined if the return has none, or the visitor may not see it. */
  returnLabel(orderId: string, returnId: string): Promise<Uint8Array | undefined>;
  /** Newest first. */
  ownReturns(
    userId: string,
    cursor: string | undefined,
  ): Promise<{ readonly items: readonly OrderReturn[]; readonly next: string | undefined }>;
}

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

export const isReturnReason = (text: string): text is ReturnReason =>
  RETURN_REASONS.some((reason) => reason === text);

export interface ReturnWish {
  readonly lines: readonly {
    readonly variantId: string;
    readonly quantity: number;
    readonly reason: ReturnReason;
  }[];
  readonly comment: string | undefined;
  /** Returns of the order that the visitor has seen, so that the same goods can be returned again after a cancellation. */
  readonly seen: number;
}

export interface OrderReturn {
  readonly returnId: string;
  readonly orderId: string;
  /** By which people name it. */
  readonly number: string;
  readonly state:
    | 'requested'
    | 'approved'
    | 'received'
    | 'inspected'
    | 'awaiting_payment'
    | 'refunding'
    | 'exchanging'
    | 'refunded'
    | 'exchanged'
    | 'rejected'
    | 'cancelled';
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
  /** Where to send the goods, as lines; empty unless the shop says it. */
  readonly address: readonly string[];
  readonly instructions: string | undefined;
  readonly rejection: string | undefined;
  readonly refund: Money | undefined;
  /** The order that replaces the goods. */
  readonly exchangeOrderId: string | undefined;
  /** What goods in exchange cost less; given back once they are reserved. */
  readonly difference: Money | undefined;
  /** Goods in exchange that cost more, while the visitor can pay the difference. */
  readonly offer:
    { readonly names: readonly string[]; readonly due: Money; readonly until: Date } | undefined;
  /** The last order in exchange has failed. */
  readonly hasFailed: boolean;
  readonly canCancel: boolean;
  readonly requestedAt: Date;
}
