import { toDecimal, type Money } from '#kernel/money.ts';
import type { components } from '#openapi/generated/catalog.ts';
import type { Product } from '../core/domain/product.ts';

export type ProductSummary = components['schemas']['ProductSummary'];

/** The price of the cheapest variant. */
export const priceFromOf = ({ variants }: Product): Money =>
  variants.reduce((a, b) => (b.price.minor < a.price.minor ? b : a)).price;

/** A product as shown in lists. */
export const summarize = (product: Product): ProductSummary => {
  const { productId, name, brand, category, subcategory, tags, variants, createdAt } = product;
  const image = variants.flatMap(({ images }) => images)[0];
  const priceFrom = priceFromOf(product);
  return {
    product_id: productId,
    name,
    brand,
    category,
    subcategory,
    tags: [...tags],
    ...(image === undefined ? {} : { image }),
    price_from: toDecimal(priceFrom),
    currency: priceFrom.currency,
    variant_count: variants.length,
    created_at: createdAt.toISOString(),
  };
};
