import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { EventPayloads } from '#kernel/events.ts';
import type { makeGiveBack, makeTakeOrdered } from '../../core/application/follow-orders.ts';
import type { CartTx } from '../../core/ports/cart-tx.ts';

/** A user's cart has the user's ID. */
const aboutCart = ({
  order_id,
  cart_id,
  customer,
}: EventPayloads['order.placed'] | EventPayloads['order.cancelled']) => ({
  orderId: order_id,
  cartId: cart_id,
  userId: customer.user_id === cart_id ? cart_id : undefined,
});

export const makeEventHandlers = (
  takeOrdered: ReturnType<typeof makeTakeOrdered>,
  giveBack: ReturnType<typeof makeGiveBack>,
): Handlers<CartTx> => ({
  'order.placed': (tx, events) =>
    takeOrdered(
      tx,
      events.map(({ payload }) => ({
        ...aboutCart(payload),
        cartVersion: payload.cart_version,
        lines: payload.items.map(({ variant_id, quantity }) => ({ variantId: variant_id, quantity })),
      })),
    ),
  'order.cancelled': (tx, events) =>
    giveBack(
      tx,
      events.map(({ payload }) => aboutCart(payload)),
    ),
});
