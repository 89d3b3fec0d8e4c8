import type { Handlers } from '#adapters/http/operations.ts';
import { personalDataHandlers } from '#adapters/http/personal-data.ts';
import type { PersonalData } from '#kernel/personal-data.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/notification.ts';
import type { makePreview, makeResend } from '../../core/application/look-after.ts';
import { STORED_KINDS } from '../../core/domain/mail.ts';
import type { Mailbox } from '../../core/ports/mailbox.ts';
import type { NotificationQueries } from '../../core/ports/notification-queries.ts';
import { makeAlertHandlers, type AlertUseCases } from './alerts.ts';
import type { NotificationCode } from './errors.ts';
import { makeFeedbackHandlers, type FeedbackUseCases } from './feedback.ts';
import { guarded, MAIL_POLICY, NOT_KEPT, PAGE_POLICY } from './guarded.ts';
import { makeMailboxPage } from './mailbox-page.ts';
import { fromMail, fromNotification } from './mapping.ts';
import { makeWebhookHandlers, type WebhookUseCases } from './webhooks.ts';
import { makePreferenceHandlers, type PreferenceUseCases } from './preferences.ts';

const NOTHING = refuse('NOT_FOUND', 'There is no such resource.');

const STATUSES = {
  pending: ['pending'],
  sent: ['sent'],
  failed: ['failed', 'suppressed'],
} as const;

export interface NotificationUseCases extends PreferenceUseCases, FeedbackUseCases, AlertUseCases {
  readonly queries: NotificationQueries;
  readonly resend: ReturnType<typeof makeResend>;
  readonly preview: ReturnType<typeof makePreview>;
  /** The mailbox that the pages show; absent in production. */
  readonly mailbox: Mailbox | undefined;
  readonly webhooks: WebhookUseCases;
  readonly personalData: PersonalData;
}

export const makeHandlers = (useCases: NotificationUseCases): Handlers<operations, NotificationCode> => {
  const { queries, mailbox, resend, preview } = useCases;
  const page = makeMailboxPage();
  return {
    ...makePreferenceHandlers(useCases),
    ...makeWebhookHandlers(useCases.webhooks),
    ...personalDataHandlers(useCases.personalData),
    ...makeFeedbackHandlers(useCases),
    ...makeAlertHandlers(useCases),
    listNotifications: async ({ query }) => {
      const { order_id: orderId, user_id: userId, status, kind, limit = 24, cursor } = query;
      const known = STORED_KINDS.find((one) => one === kind);
      if (kind !== undefined && known === undefined) return { status: 200, body: { items: [] } };
      const statuses = status === undefined ? undefined : STATUSES[status];
      const found = await queries.page({ orderId, userId, kind: known, statuses, limit, cursor });
      if (!found.ok) return found;
      const { items, next } = found.value;
      return {
        status: 200,
        body: { items: items.map(fromNotification), ...(next === undefined ? {} : { next_cursor: next }) },
      };
    },
    resendNotification: async ({ path }) => {
      const sent = await resend(path.notification_id);
      return sent.ok ? { status: 202, body: fromNotification(sent.value) } : sent;
    },
    previewNotification: async ({ path, query }) => {
      const shown = await preview(path.notification_id, query.locale);
      if (!shown.ok) return shown;
      const { mail, locale, template } = shown.value;
      const { subject, html, text } = mail;
      return { status: 200, body: { subject, html, text, locale, template } };
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
