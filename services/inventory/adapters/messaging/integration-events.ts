import type { EventPayloads, NewEvent } from '#kernel/events.ts';
import type { Publication, Published } from '../../core/domain/events.ts';
import type { Line } from '../../core/domain/reservation.ts';
import { availableOf, isAvailable } from '../../core/domain/stock.ts';

/** A publication in its wire format. */
export const toWire = <Type extends keyof Published>({ type, event }: Publication<Type>): NewEvent => ({
  type,
  ...aggregateOf(event),
  payload: PAYLOADS[type](event),
});

/** The key and version of an event: the order and its attempt, or the variant or SKU and its version. */
const aggregateOf = (event: Published[keyof Published]) =>
  event.type === 'low_stock'
    ? { aggregateId: event.item.variantId, aggregateVersion: event.item.version }
    : event.type === 'availability_changed'
      ? { aggregateId: event.shelf.sku, aggregateVersion: event.shelf.version }
      : event.type === 'stock_count'
        ? { aggregateId: event.item.sku, aggregateVersion: event.item.version }
        : { aggregateId: event.orderId, aggregateVersion: event.attempt, key: event.orderId };

const PAYLOADS: {
  readonly [Type in keyof Published]: (event: Published[Type]) => EventPayloads[Type];
} = {
  'inventory.reserved': ({ orderId, attempt, lines }) => ({
    order_id: orderId,
    attempt,
    items: lines.map(stockLine),
  }),
  'inventory.out_of_stock': ({ orderId, attempt, shortages }) => ({
    order_id: orderId,
    attempt,
    shortages: shortages.map(({ line, available }) => ({
      product_id: line.productId,
      variant_id: line.variantId,
      requested: line.quantity,
      available,
    })),
  }),
  'inventory.low_stock': ({ item }) => ({
    product_id: item.productId,
    variant_id: item.variantId,
    sku: item.sku,
    available: availableOf(item),
    threshold: item.lowStockThreshold,
  }),
  'inventory.availability_changed': ({ shelf }) => ({
    sku: shelf.sku,
    version: shelf.version,
    is_available: isAvailable(shelf),
  }),
  'inventory.stock_changed': ({ item, at }) => ({
    sku: item.sku,
    product_id: item.productId,
    variant_id: item.variantId,
    version: item.version,
    on_hand: item.stock,
    changed_at: at.toISOString(),
  }),
};

const stockLine = ({ productId, variantId, quantity }: Line) => ({
  product_id: productId,
  variant_id: variantId,
  quantity,
});
