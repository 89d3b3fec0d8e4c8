import type { BatchHandler, Handlers } from '#adapters/messaging/consumer.ts';
import { causeOf, isEvent, type EventEnvelope, type EventPayloads, type EventType } from '#kernel/events.ts';
import type { makeFollowCatalog } from '../../core/application/follow-catalog.ts';
import type { MoveStock } from '../../core/application/move-stock.ts';
import type { ProductNews } from '../../core/domain/assortment.ts';
import type { Command } from '../../core/domain/commands.ts';
import type { Line } from '../../core/domain/reservation.ts';
import type { InventoryTx } from '../../core/ports/inventory-tx.ts';

interface WireLine {
  readonly product_id: string;
  readonly variant_id: string;
  readonly quantity: number;
}

type ProductEvent = 'product.created' | 'product.updated' | 'product.deleted';

const toLine = ({ product_id, variant_id, quantity }: WireLine): Line => ({
  productId: product_id,
  variantId: variant_id,
  quantity,
});

const variantIdsOf = ({ payload }: EventEnvelope): string[] =>
  'items' in payload ? payload.items.flatMap((line) => ('variant_id' in line ? line.variant_id : [])) : [];

/** Product events, as far as stock needs them. */
const productEventOf = (event: EventEnvelope): ProductNews[] => {
  if (isEvent('product.created', event) || isEvent('product.updated', event))
    return [toProductNews(event.payload)];
  if (!isEvent('product.deleted', event)) return [];
  const { product_id: productId, version } = event.payload;
  return [{ productId, version, variants: [] }];
};

/** Locks everything that a batch needs before handling it. */
export const lockForBatch = async (
  { products, stock }: InventoryTx,
  events: readonly EventEnvelope[],
): Promise<void> => {
  const news = events.flatMap(productEventOf);
  const productIds = news.map(({ productId }) => productId);
  await products.lock(productIds);
  await stock.lock({
    variantIds: events.flatMap(variantIdsOf),
    productIds,
    skus: news.flatMap(({ variants }) => variants.map(({ sku }) => sku)),
  });
};

export const makeEventHandlers = (
  moveStock: MoveStock,
  followCatalog: ReturnType<typeof makeFollowCatalog>,
): Handlers<InventoryTx> => {
  /** All events of a type at once; those without a command are skipped. */
  const move =
    <T extends EventType>(
      toCommands: (event: EventEnvelope<T>) => readonly Command[],
    ): BatchHandler<InventoryTx, T> =>
    (tx, events) =>
      moveStock(
        tx,
        events.flatMap((event) =>
          toCommands(event).map((command) => ({
            command,
            cause: causeOf(event),
            variantIds: variantIdsOf(event),
          })),
        ),
      );
  const follow: BatchHandler<InventoryTx, ProductEvent> = (tx, events) =>
    followCatalog(tx, events.flatMap(productEventOf));

  return {
    'product.created': follow,
    'product.updated': follow,
    'product.deleted': follow,
    'order.placed': move(({ payload: { order_id, items } }) => [
      { type: 'reserve', orderId: order_id, attempt: 1, lines: items.map(toLine) },
    ]),
    'order.reship_requested': move(({ payload: { order_id, attempt, items } }) => [
      { type: 'reserve', orderId: order_id, attempt, lines: items.map(toLine) },
    ]),
    // Dispatched goods must not be released, even if `shipment.created` arrives later.
    'order.cancelled': move(({ payload: { order_id, sent_attempts = [] } }) => [
      ...sent_attempts.map((attempt) => ({ type: 'dispatch' as const, orderId: order_id, attempt })),
      { type: 'cancel', orderId: order_id },
    ]),
    'shipment.created': move(({ payload: { order_id, attempt } }) => [
      { type: 'dispatch', orderId: order_id, attempt },
    ]),
    'order.case_resolved': move(({ payload: { order_id, attempt, restock } }) =>
      restock ? [{ type: 'restock', orderId: order_id, attempt }] : [],
    ),
    'order.restock_requested': move(({ payload: { order_id, reason, items } }) => [
      { type: 'take-back', orderId: order_id, why: reason, lines: items.map(toLine) },
    ]),
  };
};

const toProductNews = (product: EventPayloads['product.updated']): ProductNews => ({
  productId: product.product_id,
  version: product.version,
  variants: product.variants.map(({ variant_id, sku, attributes, images: [image], initial_stock }) => ({
    variantId: variant_id,
    sku,
    name: product.name,
    attributes,
    categoryIds: product.category_ids ?? [],
    categoryPath: product.category_path ?? [product.category, product.subcategory].filter(Boolean),
    image,
    initialStock: initial_stock,
  })),
});
