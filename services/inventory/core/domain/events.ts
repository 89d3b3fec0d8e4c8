import type { Cause, NewEvent } from '#kernel/events.ts';
import type { Fact } from './decide.ts';
import type { Line } from './reservation.ts';
import { availableOf, type StockItem } from './stock.ts';

const stockLine = ({ productId, variantId, quantity }: Line) => ({
  product_id: productId,
  variant_id: variantId,
  quantity,
});

/** What is available fell to the threshold or below. */
export const lowStock = (item: StockItem, cause?: Cause): NewEvent<'inventory.low_stock'> => ({
  type: 'inventory.low_stock',
  aggregateId: item.variantId,
  aggregateVersion: item.version,
  ...(cause ? { cause } : {}),
  payload: {
    product_id: item.productId,
    variant_id: item.variantId,
    sku: item.sku,
    available: availableOf(item),
    threshold: item.lowStockThreshold,
  },
});

/** A fact as it is announced; `cause` is the event that led to it. */
export const announce = (fact: Fact, cause: Cause): NewEvent => {
  if (fact.kind === 'low_stock') return lowStock(fact.item, cause);
  const { orderId, attempt } = fact;
  const about = { aggregateId: orderId, aggregateVersion: attempt, key: orderId, cause };
  return fact.kind === 'reserved'
    ? {
        ...about,
        type: 'inventory.reserved',
        payload: { order_id: orderId, attempt, items: fact.lines.map(stockLine) },
      }
    : {
        ...about,
        type: 'inventory.out_of_stock',
        payload: {
          order_id: orderId,
          attempt,
          shortages: fact.shortages.map(({ line, available }) => ({
            product_id: line.productId,
            variant_id: line.variantId,
            requested: line.quantity,
            available,
          })),
        },
      };
};
