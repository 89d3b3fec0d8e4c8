import type { Letter, LetterKind } from './letter.ts';

/** The outcome of a letter, for staff. */
export interface Notification {
  readonly notificationId: string;
  readonly kind: LetterKind;
  readonly orderId?: string;
  /** E-mail address. */
  readonly recipient: string;
  readonly subject: string;
  readonly status: 'pending' | 'sent' | 'failed';
  readonly createdAt: Date;
  /** When it was sent or failed. */
  readonly settledAt?: Date;
  /** Why it failed. */
  readonly failure?: string;
}

/** Accepted by the mail server, or refused for good. If the server is unavailable, the mail is retried. */
export type Delivery = { readonly status: 'sent' } | { readonly status: 'failed'; readonly failure: string };

export interface Settled {
  readonly notificationId: string;
  readonly delivery: Delivery;
  readonly settledAt: Date;
}

export const pending = ({ letterId, kind, orderId, to, subject }: Letter, now: Date): Notification => ({
  notificationId: letterId,
  kind,
  ...(orderId === undefined ? {} : { orderId }),
  recipient: to.email,
  subject,
  status: 'pending',
  createdAt: now,
});
