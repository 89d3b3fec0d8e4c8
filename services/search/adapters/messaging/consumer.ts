import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { EventEnvelope, EventPayloads } from '#kernel/events.ts';
import {
  followProducts,
  followRatings,
  followSales,
  followStock,
} from '../../core/application/follow-events.ts';
import type { Product, ProductChange } from '../../core/domain/listing.ts';
import type { SearchTx } from '../../core/ports/search-tx.ts';

type ProductState = EventPayloads['product.created'];

const toProduct = (state: ProductState): Product => ({
  name: state.name,
  description: state.description,
  category: state.category,
  subcategory: state.subcategory,
  categoryIds: state.category_ids,
  categoryPath: state.category_path,
  tags: state.tags,
  brand: state.brand,
  specifications: state.specifications,
  variants: state.variants.map(({ variant_id, sku, attributes, price, currency, images }) => ({
    variantId: variant_id,
    sku,
    attributes,
    price,
    currency,
    images,
  })),
  createdAt: state.created_at,
});

/** A hidden product is not found, like a deleted one, until a later version is visible. */
const toChange = (state: ProductState): ProductChange => ({
  productId: state.product_id,
  version: state.version,
  ...(state.visible === false ? {} : { product: toProduct(state) }),
});

const payloadsOf = <T extends keyof EventPayloads>(events: readonly EventEnvelope<T>[]): EventPayloads[T][] =>
  events.map(({ payload }) => payload);

/** Its units are counted later: no listing changes with each sale. */
export const SOLD = 'order.confirmed';

/** The order of events does not matter, and neither does the order of these handlers. */
export const eventHandlers: Handlers<SearchTx> = {
  'product.created': (tx, events) => followProducts(tx, payloadsOf(events).map(toChange)),
  'product.updated': (tx, events) => followProducts(tx, payloadsOf(events).map(toChange)),
  'product.deleted': (tx, events) =>
    followProducts(
      tx,
      payloadsOf(events).map(({ product_id, version }) => ({ productId: product_id, version })),
    ),
  'inventory.availability_changed': (tx, events) =>
    followStock(
      tx,
      payloadsOf(events).map(({ sku, version, is_available }) => ({
        sku,
        version,
        isAvailable: is_available,
      })),
    ),
  'review.rating_changed': (tx, events) =>
    followRatings(
      tx,
      payloadsOf(events).map(({ product_id, version, average, count }) => ({
        productId: product_id,
        version,
        rating: { average, count },
      })),
    ),
  // Neither a replacement parcel nor an exchange is a sale.
  'order.confirmed': (tx, events) =>
    followSales(
      tx,
      payloadsOf(events)
        .filter(({ attempt, total_amount }) => attempt === 1 && total_amount > 0)
        .flatMap(({ items }) =>
          items.map(({ product_id, quantity }) => ({ productId: product_id, quantity })),
        ),
    ),
};
