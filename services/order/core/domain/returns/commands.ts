import type { Refusal } from '#kernel/result.ts';
import type { Actor } from '../actor.ts';
import type { InspectedLine, ReceivedLine, Requested } from './events.ts';
import type { Differences, Offer } from './return.ts';

/** A command to a return. Only `request` begins one. */
export type ReturnCommand = { readonly actor: Actor } & (
  | ({ readonly type: 'request' } & Requested)
  | { readonly type: 'approve'; readonly instructions?: string | undefined }
  | { readonly type: 'reject'; readonly reason: string }
  | { readonly type: 'receive'; readonly lines: readonly ReceivedLine[] }
  | { readonly type: 'inspect'; readonly lines: readonly InspectedLine[] }
  | { readonly type: 'refund'; readonly amountMinor: number }
  /** The customer has the money. */
  | { readonly type: 'settle'; readonly amountMinor: number }
  /** `orderId` is that of the order in exchange. */
  | { readonly type: 'exchange'; readonly orderId: string; readonly differences: Differences }
  /** Goods that cost more. */
  | { readonly type: 'offer'; readonly offer: Offer }
  /** The customer pays the difference, with the order in exchange. */
  | { readonly type: 'pay'; readonly orderId: string; readonly differences: Differences }
  | { readonly type: 'expire-offer' }
  /** That order is confirmed, so the goods are reserved. */
  | { readonly type: 'confirm-exchange' }
  | { readonly type: 'undo-exchange'; readonly reason: string; readonly isPaymentRefused: boolean }
  | { readonly type: 'cancel' }
  | { readonly type: 'forget-words' }
);

export type ReturnRefusal = Refusal<
  'RETURN_NOT_FOUND' | 'RETURN_STATE' | 'INVALID_RETURN_LINE' | 'NOT_EXCHANGEABLE'
>;
