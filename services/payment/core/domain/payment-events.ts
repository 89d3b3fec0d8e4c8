import type { Authorization, Cancel, Open } from './commands.ts';

/** What has happened to a payment. Other services hear of some of it, see `consequences.ts`. */
export type PaymentEvent = { readonly at: Date } & Happened;

type Happened =
  | (Omit<Open, 'type'> & { readonly type: 'opened' })
  | (Omit<Cancel, 'type'> & { readonly type: 'tombstoned' })
  /** Cancelled while the gateway was being asked. */
  | { readonly type: 'cancel_noted' }
  | ({ readonly type: 'authorized' } & Authorization)
  | { readonly type: 'authorization_refused'; readonly reason: string }
  /** Refused when nobody wanted it any more. */
  | { readonly type: 'given_up' }
  | { readonly type: 'capture_requested' }
  | { readonly type: 'captured' }
  | { readonly type: 'capture_refused'; readonly reason: string }
  /** `abandonsCapture`: a capture is promised, and maybe under way. */
  | { readonly type: 'void_requested'; readonly abandonsCapture: boolean }
  | { readonly type: 'voided' }
  | {
      readonly type: 'refund_requested';
      readonly key: string;
      readonly minor: number;
      readonly reason: string;
    }
  | { readonly type: 'refunded'; readonly key: string; readonly minor: number }
  | { readonly type: 'refund_refused'; readonly key: string; readonly reason: string };
