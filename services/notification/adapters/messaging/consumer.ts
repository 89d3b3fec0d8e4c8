import type { BatchHandler, Handlers } from '#adapters/messaging/consumer.ts';
import { causeOf } from '#kernel/events.ts';
import type { makeScheduleMails } from '../../core/application/schedule-mails.ts';
import type { MailKind } from '../../core/domain/mail.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';
import { newsOf } from './news.ts';

/** Schedules a mail per event, a batch at a time. */
export const makeConsumerHandlers = (
  scheduleMails: ReturnType<typeof makeScheduleMails>,
): Handlers<NotificationTx> => {
  const schedule: BatchHandler<NotificationTx, MailKind> = (tx, events) =>
    scheduleMails(
      tx,
      events.map((event) => ({ news: newsOf(event), cause: causeOf(event) })),
    );
  return {
    'user.invited': schedule,
    'user.email_verification_requested': schedule,
    'user.email_verified': schedule,
    'user.logged_in_elsewhere': schedule,
    'user.email_change_requested': schedule,
    'user.email_changed': schedule,
    'user.factors_changed': schedule,
    'user.registration_repeated': schedule,
    'user.password_reset_requested': schedule,
    'order.placed': schedule,
    'order.confirmed': schedule,
    'order.cancelled': schedule,
    'shipment.created': schedule,
    'order.delivered': schedule,
    'order.refunded': schedule,
    'payment.failed': schedule,
  };
};
