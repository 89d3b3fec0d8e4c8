import { categoryOf, type Channel } from './kinds.ts';
import type { Locale } from './locale.ts';
import type { MailContent, StoredKind } from './mail.ts';
import type { News } from './news.ts';

/** A message and its outcome, for staff. */
export interface Notification {
  readonly notificationId: string;
  readonly kind: StoredKind;
  readonly channel: Channel;
  readonly userId?: string | undefined;
  readonly orderId?: string | undefined;
  /** The e-mail address, or the phone number of a text message. */
  readonly recipient: string;
  readonly subject: string;
  /** `suppressed`: not sent, because the recipient does not want it or cannot get it. */
  readonly status: 'pending' | 'sent' | 'failed' | 'suppressed';
  readonly createdAt: Date;
  /** When it was sent or failed. */
  readonly settledAt?: Date | undefined;
  /** Why it failed or was suppressed. */
  readonly failure?: string | undefined;
  /** As the provider calls it. */
  readonly providerId?: string | undefined;
  readonly locale?: Locale | undefined;
  /** The version of the template that it was made with. */
  readonly template?: string | undefined;
  /** What it is about, so that it can be sent or shown again; absent where that is secret. */
  readonly news?: News | undefined;
}

/** Accepted by the provider, or not sent for good. If the provider is unavailable, the message is retried. */
export type Delivery =
  | { readonly status: 'sent'; readonly providerId?: string | undefined }
  | {
      readonly status: 'failed' | 'suppressed';
      readonly failure: string;
      /** Nothing will ever arrive at the address. */
      readonly isAddressGone?: true;
    };

/** How a message was made. */
export interface Edition {
  readonly locale: Locale;
  readonly template: string;
}

export type Outcome = Delivery & { readonly edition?: Edition | undefined };

export interface Settled {
  readonly notificationId: string;
  readonly outcome: Outcome;
  readonly settledAt: Date;
}

/** Who may read messages that were sent gets no access to the orders. */
const withoutToken = (news: News): News => {
  if (!('orderToken' in news.facts)) return news;
  const { orderToken: _, ...facts } = news.facts;
  return { ...news, facts } as News;
};

/** @param news kept for mails that hold no secret */
export const pending = (
  { mailId, kind, orderId, userId, locale, to, subject }: MailContent,
  now: Date,
  news?: News,
): Notification => ({
  notificationId: mailId,
  kind,
  channel: 'email',
  ...(userId === undefined ? {} : { userId }),
  ...(orderId === undefined ? {} : { orderId }),
  recipient: to.email,
  subject,
  status: 'pending',
  createdAt: now,
  ...(locale === undefined ? {} : { locale }),
  ...(news && categoryOf(kind) !== 'security' ? { news: withoutToken(news) } : {}),
});
