import type { Handlers } from '#adapters/messaging/consumer.ts';
import { after, DAY, HOUR } from '#kernel/clock.ts';
import { causeOf } from '#kernel/events.ts';
import { followCarts } from '../../core/application/follow-carts.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';
import { toConcludeTask } from '../tasks/conclude.ts';

const MATTERS = { lost: 'shipment.lost', returned: 'shipment.returned' } as const;

export interface Waits {
  /** From the delivery to the request for a review. */
  readonly reviewAfterDays: number;
  /** From the last item added to a cart to the reminder. */
  readonly cartAfterHours: number;
}

/**
 * Events that lead to a message later, or with what other events say.
 */
export const makeMatterHandlers = ({ reviewAfterDays, cartAfterHours }: Waits): Handlers<NotificationTx> => ({
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
  'cart.item_added': async (tx, events) => {
    const added = events.flatMap((event) => {
      const { user_id: userId } = event.payload;
      return userId === undefined ? [] : [{ userId, fact: { added: event.aggregate_version }, event }];
    });
    for (const { userId, version } of await followCarts(tx, added)) {
      const event = added.find((one) => one.userId === userId && one.fact.added === version)?.event;
      if (!event) continue; // an old one, of which a newer one is known
      const matter = { about: 'cart', userId, version } as const;
      await tx.tasks.schedule({
        ...toConcludeTask(`cart:${userId}:${version}`, event.event_id, matter),
        runAt: after(new Date(event.timestamp), cartAfterHours * HOUR),
        cause: causeOf(event),
      });
    }
  },
  'order.placed': async (tx, events) => {
    await followCarts(
      tx,
      events.map(({ payload }) => ({ userId: payload.cart_id, fact: { ordered: payload.cart_version } })),
    );
  },
  'inventory.availability_changed': async ({ alerts, tasks }, events) => {
    const back = events.filter(({ payload }) => payload.is_available);
    const watched = await alerts.skusWatched(back.map(({ payload }) => payload.sku));
    await tasks.schedule(
      ...back.flatMap((event) => {
        const { sku } = event.payload;
        if (!watched.has(sku)) return [];
        const task = toConcludeTask(event.event_id, event.event_id, { about: 'stock', sku });
        return [{ ...task, cause: causeOf(event) }];
      }),
    );
  },
  'product.updated': async ({ alerts, tasks }, events) => {
    const visible = events.flatMap((event) => {
      const { variants, visible: isVisible = true } = event.payload;
      return isVisible ? variants.map(({ variant_id: variantId }) => ({ event, variantId })) : [];
    });
    const watched = await alerts.pricesWatched(visible.map(({ variantId }) => variantId));
    await tasks.schedule(
      ...visible.flatMap(({ event, variantId }) => {
        if (!watched.has(variantId)) return [];
        const key = `price:${event.event_id}:${variantId}`;
        const task = toConcludeTask(key, event.event_id, { about: 'price', variantId });
        return [{ ...task, cause: causeOf(event) }];
      }),
    );
  },
});
