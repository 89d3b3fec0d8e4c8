import type { components } from '#openapi/generated/notification.ts';
import type { Notification } from '../../core/domain/notification.ts';
import type { KeptMail } from '../../core/ports/mailbox.ts';

type Schemas = components['schemas'];

export const fromNotification = (notification: Notification): Schemas['Notification'] => {
  const { status, failure, userId, orderId, settledAt, locale, template, providerId } = notification;
  const isSuppressed = status === 'suppressed';
  return {
    notification_id: notification.notificationId,
    kind: notification.kind,
    channel: notification.channel,
    ...(userId === undefined ? {} : { user_id: userId }),
    ...(orderId === undefined ? {} : { order_id: orderId }),
    recipient: notification.recipient,
    subject: notification.subject,
    status: isSuppressed ? 'failed' : status,
    created_at: notification.createdAt.toISOString(),
    ...(settledAt === undefined ? {} : { settled_at: settledAt.toISOString() }),
    ...(failure === undefined ? {} : { failure: isSuppressed ? `suppressed: ${failure}` : failure }),
    ...(locale === undefined ? {} : { locale }),
    ...(template === undefined ? {} : { template }),
    ...(providerId === undefined ? {} : { provider_id: providerId }),
  };
};

export const fromMail = ({ mailId, kind, to, subject, text, sentAt }: KeptMail): Schemas['Mail'] => ({
  mail_id: mailId,
  kind,
  to: to.email,
  name: to.name,
  subject,
  text,
  sent_at: sentAt.toISOString(),
});
