import type { BatchHandler, Handlers } from '#adapters/messaging/consumer.ts';
import { causeOf } from '#kernel/events.ts';
import type { makeScheduleMails } from '../../core/application/schedule-mails.ts';
import type { EventKind } from '../../core/domain/mail.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';
import { newsOf } from './news.ts';

/** Schedules messages about events, a batch at a time. */
export const makeConsumerHandlers = (
  scheduleMails: ReturnType<typeof makeScheduleMails>,
): Handlers<NotificationTx> => {
  const schedule: BatchHandler<NotificationTx, EventKind> = (tx, events) =>
    scheduleMails(
      tx,
      events.map((event) => ({ news: newsOf(event), cause: causeOf(event) })),
    );
  /**
   * With what the orders cost, which says whether all of it was refunded. The refund of a return has a mail of its own.
   */
  const scheduleRefunds: BatchHandler<NotificationTx, 'order.refunded'> = async (tx, events) => {
    const own = events.filter(({ payload }) => payload.return_id === undefined);
    const totals = await tx.notifications.totals(own.map(({ payload }) => payload.order_id));
    const reported = own.map((event) => {
      const news = newsOf(event);
      const orderTotal = totals.get(event.payload.order_id);
      const facts = orderTotal === undefined ? news.facts : { ...news.facts, orderTotal };
      return { news: { ...news, facts }, cause: causeOf(event) };
    });
    await scheduleMails(tx, reported);
  };
  return {
    'user.invited': schedule,
    'user.email_verification_requested': schedule,
    'user.email_verified': schedule,
    'user.logged_in_elsewhere': schedule,
    'user.email_change_requested': schedule,
    'user.email_changed': schedule,
    'user.factors_changed': schedule,
    'user.erasure_requested': schedule,
    'user.erased': schedule,
    'user.registration_repeated': schedule,
    'user.password_reset_requested': schedule,
    'order.placed': schedule,
    'order.confirmed': schedule,
    'order.cancelled': schedule,
    'order.address_changed': schedule,
    'shipment.created': schedule,
    'order.delivered': schedule,
    'order.refunded': scheduleRefunds,
    'return.requested': schedule,
    'return.approved': schedule,
    'return.rejected': schedule,
    'return.received': schedule,
    'return.refunded': schedule,
    'return.payment_requested': schedule,
    'return.exchanged': schedule,
    'payment.failed': schedule,
  };
};
