import type { Refusal } from '#kernel/result.ts';
import type { Actor } from '../actor.ts';
import type { InspectedLine, ReceivedLine, Requested } from './events.ts';

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
  | { readonly type: 'exchange' }
  | { readonly type: 'cancel' }
  | { readonly type: 'forget-words' }
);

export type ReturnRefusal = Refusal<'RETURN_NOT_FOUND' | 'RETURN_STATE' | 'INVALID_RETURN_LINE'>;
