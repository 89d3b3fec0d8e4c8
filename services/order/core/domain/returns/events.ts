import type { Actor } from '../actor.ts';
import type { Condition, Differences, Offer, Return, ReturnLine } from './return.ts';

/** Events of a return. `at` is RFC 3339 UTC. */
export type ReturnEvent = { readonly at: string; readonly actor: Actor } & (
  | ({ readonly type: 'requested' } & Requested)
  | { readonly type: 'approved'; readonly instructions?: string | undefined }
  | { readonly type: 'rejected'; readonly reason: string }
  | { readonly type: 'received'; readonly lines: readonly ReceivedLine[] }
  | { readonly type: 'inspected'; readonly lines: readonly InspectedLine[] }
  | { readonly type: 'refunding'; readonly amountMinor: number }
  | { readonly type: 'refunded'; readonly amountMinor: number }
  /** Goods that cost more wait for the customer to pay the difference. */
  | { readonly type: 'offered'; readonly offer: Offer }
  | { readonly type: 'offer-expired' }
  /** What is sent was ordered; `isPaid`: the customer pays what was offered. */
  | {
      readonly type: 'exchanging';
      readonly orderId: string;
      readonly differences: Differences;
      readonly isPaid: boolean;
    }
  | { readonly type: 'exchanged' }
  /** That order was cancelled; the return is as it was before. `isPayable`: what was offered can be paid again. */
  | { readonly type: 'exchange-failed'; readonly reason: string; readonly isPayable: boolean }
  | { readonly type: 'cancelled' }
  | { readonly type: 'words-forgotten' }
);

export interface Requested {
  readonly returnId: string;
  readonly orderId: string;
  readonly number: string;
  readonly currency: string;
  readonly lines: readonly ReturnLine[];
  readonly comment?: string | undefined;
}

/** Units that came back. */
export interface ReceivedLine {
  readonly variantId: string;
  readonly quantity: number;
  readonly condition: Condition;
}

/** Units that go back into stock. */
export interface InspectedLine {
  readonly variantId: string;
  readonly restock: number;
}

export type ReturnEventOf<Type extends ReturnEvent['type']> = Extract<ReturnEvent, { readonly type: Type }>;

/** An event before it gets its time and actor. */
export type ReturnFact = ReturnEvent extends infer E
  ? E extends ReturnEvent
    ? Omit<E, 'at' | 'actor'>
    : never
  : never;

/** Integration events, and the domain events that cause them. */
export interface PublishedOfReturn {
  'return.requested': 'requested';
  'return.approved': 'approved';
  'return.rejected': 'rejected';
  'return.received': 'received';
  'return.refunded': 'refunded';
  'return.payment_requested': 'offered';
  'return.exchanged': 'exchanged';
  'return.cancelled': 'cancelled';
}

/** An integration event; `state` is the return after the event. */
export type ReturnPublication<Of extends keyof PublishedOfReturn = keyof PublishedOfReturn> = {
  [Type in Of]: {
    readonly type: Type;
    readonly state: Return;
    readonly event: ReturnEventOf<PublishedOfReturn[Type]>;
  };
}[Of];
