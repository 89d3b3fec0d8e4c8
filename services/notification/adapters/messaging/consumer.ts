import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { makeScheduleMails } from '../../core/application/schedule-mails.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';

/** Schedules a mail per event, a batch at a time. */
export const makeConsumerHandlers = (
  scheduleMails: ReturnType<typeof makeScheduleMails>,
): Handlers<NotificationTx> => ({
  'user.registered': scheduleMails,
  'user.registration_repeated': scheduleMails,
  'user.password_reset_requested': scheduleMails,
  'order.placed': scheduleMails,
  'order.confirmed': scheduleMails,
  'order.cancelled': scheduleMails,
  'shipment.created': scheduleMails,
  'order.delivered': scheduleMails,
  'order.refunded': scheduleMails,
  'payment.failed': scheduleMails,
});
