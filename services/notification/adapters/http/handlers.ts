import type { Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/notification.ts';
import type { Mailbox } from '../../core/ports/mailbox.ts';
import type { NotificationQueries } from '../../core/ports/notification-queries.ts';
import type { NotificationCode } from './errors.ts';
import { makeMailboxPage } from './mailbox-page.ts';
import { fromMail, fromNotification } from './mapping.ts';
import { NOT_KEPT } from './not-kept.ts';
import { makeWebhookHandlers, type WebhookUseCases } from './webhooks.ts';

/** The page of the mailbox: no scripts, no external resources. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'";
/** A mail is untrusted: it has no origin, runs no scripts and loads nothing. */
const MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const guarded = (policy: string) => ({
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  ...NOT_KEPT,
});

const NOTHING = refuse('NOT_FOUND', 'There is no such resource.');

export interface NotificationReads {
  readonly queries: NotificationQueries;
  /** The mailbox that the pages show; absent in production. */
  readonly mailbox: Mailbox | undefined;
  readonly webhooks: WebhookUseCases;
}

export const makeHandlers = ({
  queries,
  mailbox,
  webhooks,
}: NotificationReads): Handlers<operations, NotificationCode> => {
  const page = makeMailboxPage();
  return {
    ...makeWebhookHandlers(webhooks),
    listNotifications: async ({ query }) => {
      const notifications = await queries.ofOrder(query.order_id);
      return { status: 200, body: { items: notifications.map(fromNotification) } };
    },
    showMailbox: async ({ query: { to = '', limit = 100 } }) => {
      if (!mailbox) return NOTHING;
      const mails = await mailbox.list({ limit, ...(to === '' ? {} : { to: addressOf(to) }) });
      return { status: 200, headers: guarded(PAGE_POLICY), type: 'text/html', body: page(mails, to) };
    },
    listMailbox: async ({ query: { to, limit = 100 } }) => {
      if (!mailbox) return NOTHING;
      const mails = await mailbox.list({ limit, ...(to === undefined ? {} : { to: addressOf(to) }) });
      return { status: 200, headers: NOT_KEPT, body: { items: mails.map(fromMail) } };
    },
    showMail: async ({ path, query: { format = 'html' } }) => {
      if (!mailbox) return NOTHING;
      const mail = await mailbox.find(path.mail_id);
      if (!mail) return refuse('MAIL_NOT_FOUND', 'There is no such mail.');
      return format === 'html'
        ? { status: 200, headers: guarded(MAIL_POLICY), type: 'text/html', body: mail.html }
        : { status: 200, headers: guarded(MAIL_POLICY), type: 'text/plain', body: mail.text };
    },
  };
};

/** Normalised like the addresses of the user service. */
const addressOf = (text: string): string => text.trim().toLowerCase();
