import type { MailContent, StoredKind } from './mail.ts';

/** The outcome of a mail, for staff. */
export interface Notification {
  readonly notificationId: string;
  readonly kind: StoredKind;
  readonly orderId?: string | undefined;
  /** E-mail address. */
  readonly recipient: string;
  readonly subject: string;
  readonly status: 'pending' | 'sent' | 'failed';
  readonly createdAt: Date;
  /** When it was sent or failed. */
  readonly settledAt?: Date | undefined;
  /** Why it failed. */
  readonly failure?: string | undefined;
}

/** Accepted by the mail server, or refused for good. If the server is unavailable, the mail is retried. */
export type Delivery = { readonly status: 'sent' } | { readonly status: 'failed'; readonly failure: string };

export interface Settled {
  readonly notificationId: string;
  readonly delivery: Delivery;
  readonly settledAt: Date;
}

export const pending = ({ mailId, kind, orderId, to, subject }: MailContent, now: Date): Notification => ({
  notificationId: mailId,
  kind,
  ...(orderId === undefined ? {} : { orderId }),
  recipient: to.email,
  subject,
  status: 'pending',
  createdAt: now,
});
