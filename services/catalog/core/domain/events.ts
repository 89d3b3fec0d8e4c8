import type { NewEvent } from '#kernel/events.ts';
import { toDecimal } from '#kernel/money.ts';
import type { Product } from './product.ts';

const stateOf = (product: Product): NewEvent<'product.created'>['payload'] => ({
  product_id: product.productId,
  version: product.version,
  name: product.name,
  description: product.description,
  category: product.category,
  subcategory: product.subcategory,
  tags: [...product.tags],
  brand: product.brand,
  specifications: { ...product.specifications },
  variants: product.variants.map((variant) => ({
    variant_id: variant.variantId,
    sku: variant.sku,
    attributes: { ...variant.attributes },
    price: toDecimal(variant.price),
    currency: variant.price.currency,
    images: [...variant.images],
    initial_stock: variant.initialStock,
  })),
  created_at: product.createdAt.toISOString(),
  updated_at: product.updatedAt.toISOString(),
});

/** The whole state after a change; the first is the creation. */
export const productChanged = (product: Product): NewEvent => ({
  type: product.version === 1 ? 'product.created' : 'product.updated',
  aggregateId: product.productId,
  aggregateVersion: product.version,
  payload: stateOf(product),
});

/** The tombstone: one version after the last state. */
export const productDeleted = ({ productId, version }: Product, now: Date): NewEvent<'product.deleted'> => ({
  type: 'product.deleted',
  aggregateId: productId,
  aggregateVersion: version + 1,
  payload: { product_id: productId, version: version + 1, deleted_at: now.toISOString() },
});
