import type { components } from '#openapi/generated/notification.ts';
import type { StoredKind } from '../../core/domain/mail.ts';
import type { Notification } from '../../core/domain/notification.ts';
import type { KeptMail } from '../../core/ports/mailbox.ts';

type Schemas = components['schemas'];

/** The released list of kinds is closed, so newer kinds are mapped to the closest one. */
const kindOf = (kind: StoredKind): Schemas['Kind'] =>
  kind === 'user.password_reset_requested' || !kind.startsWith('user.') ? kind : 'user.registered';

export const fromNotification = (notification: Notification): Schemas['Notification'] => ({
  notification_id: notification.notificationId,
  kind: kindOf(notification.kind),
  ...(notification.orderId === undefined ? {} : { order_id: notification.orderId }),
  recipient: notification.recipient,
  subject: notification.subject,
  status: notification.status,
  created_at: notification.createdAt.toISOString(),
  ...(notification.settledAt === undefined ? {} : { settled_at: notification.settledAt.toISOString() }),
  ...(notification.failure === undefined ? {} : { failure: notification.failure }),
});

export const fromMail = ({ mailId, kind, to, subject, text, sentAt }: KeptMail): Schemas['Mail'] => ({
  mail_id: mailId,
  kind: kindOf(kind),
  to: to.email,
  name: to.name,
  subject,
  text,
  sent_at: sentAt.toISOString(),
});
