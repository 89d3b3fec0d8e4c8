import type { Handlers } from '#adapters/messaging/consumer.ts';
import { after, DAY } from '#kernel/clock.ts';
import { causeOf } from '#kernel/events.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';
import { toConcludeTask } from '../tasks/conclude.ts';

const MATTERS = { lost: 'shipment.lost', returned: 'shipment.returned' } as const;

/**
 * Events that lead to a message later, or with what other events say.
 * @param reviewAfterDays from the delivery to the request for a review
 */
export const makeMatterHandlers = (reviewAfterDays: number): Handlers<NotificationTx> => ({
  'shipment.status_updated': async ({ tasks }, events) => {
    await tasks.schedule(
      ...events.flatMap((event) => {
        const { order_id: orderId, status } = event.payload;
        if (status !== 'lost' && status !== 'returned') return [];
        const matter = { about: 'parcel', kind: MATTERS[status], orderId } as const;
        return [{ ...toConcludeTask(event.event_id, event.event_id, matter), cause: causeOf(event) }];
      }),
    );
  },
  'order.delivered': async ({ tasks }, events) => {
    await tasks.schedule(
      ...events.map((event) => {
        const { order_id: orderId, customer, delivered_at } = event.payload;
        const matter = { about: 'review', orderId, userId: customer.user_id } as const;
        return {
          ...toConcludeTask(`review:${orderId}`, orderId, matter),
          runAt: after(new Date(delivered_at), reviewAfterDays * DAY),
          cause: causeOf(event),
        };
      }),
    );
  },
  'review.created': async ({ reviewed }, events) => {
    await reviewed.add(events.map(({ payload }) => payload.order_id));
  },
});
