import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { makePromiseLetters } from '../../core/application/promise-letters.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';

/** Schedules a letter per event, a batch at a time. */
export const makeConsumerHandlers = (
  promiseLetters: ReturnType<typeof makePromiseLetters>,
): Handlers<NotificationTx> => ({
  'user.registered': promiseLetters,
  'user.registration_repeated': promiseLetters,
  'user.password_reset_requested': promiseLetters,
  'order.placed': promiseLetters,
  'order.confirmed': promiseLetters,
  'order.cancelled': promiseLetters,
  'shipment.created': promiseLetters,
  'order.delivered': promiseLetters,
  'order.refunded': promiseLetters,
  'payment.failed': promiseLetters,
});
