import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { EventEnvelope, EventPayloads } from '#kernel/events.ts';
import { moneyOf } from '#kernel/money.ts';
import { followOrders } from '../../core/application/follow-orders.ts';
import type { PurchaseFact } from '../../core/domain/purchase.ts';
import type { ReviewTx } from '../../core/ports/review-tx.ts';

type OrderEvent =
  'order.placed' | 'order.claimed' | 'order.delivered' | 'order.refunded' | 'order.refund_settled';

const follow =
  <T extends OrderEvent>(factOf: (payload: EventPayloads[T]) => Omit<PurchaseFact, 'orderId' | 'userId'>) =>
  (tx: ReviewTx, events: readonly EventEnvelope<T>[]): Promise<void> =>
    followOrders(
      tx,
      events.map(({ payload }) => ({
        orderId: payload.order_id,
        userId: payload.customer.user_id,
        ...factOf(payload),
      })),
    );

/** What customers have bought and received. The order of events does not matter. */
export const orderHandlers: Handlers<ReviewTx> = {
  'order.placed': follow<'order.placed'>(({ items, total_amount, currency }) => ({
    placed: {
      productIds: items.map(({ product_id }) => product_id),
      total: moneyOf(total_amount, currency),
    },
  })),
  'order.claimed': follow<'order.claimed'>(() => ({})),
  'order.delivered': follow<'order.delivered'>(() => ({ isDelivered: true })),
  'order.refunded': follow<'order.refunded'>((payload) => ({
    refundedTotal: moneyOf(payload.refunded_total, payload.currency),
    refundedProductIds: payload.refunded_products,
  })),
  'order.refund_settled': follow<'order.refund_settled'>((payload) => ({
    settledTotal: moneyOf(payload.settled_total, payload.currency),
    refundedProductIds: payload.refunded_products,
  })),
};
