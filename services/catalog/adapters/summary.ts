import { toDecimal } from '#kernel/money.ts';
import type { components } from '#openapi/generated/catalog.ts';
import { urlsOf } from '../core/domain/pictures.ts';
import { priceAt, type CurrentPrice } from '../core/domain/price.ts';
import type { Product } from '../core/domain/product.ts';

export type ProductSummary = components['schemas']['ProductSummary'];

/** The price of the cheapest variant, when the product was changed last. */
export const priceFromOf = ({ variants, updatedAt }: Product): CurrentPrice =>
  variants
    .map((variant) => priceAt(variant, updatedAt))
    .reduce((a, b) => (b.price.minor < a.price.minor ? b : a));

/** A product as shown in lists. */
export const summarize = (product: Product): ProductSummary => {
  const { productId, name, brand, category, subcategory, tags, variants, createdAt } = product;
  const image = variants.flatMap(urlsOf)[0];
  const { price, regular } = priceFromOf(product);
  return {
    product_id: productId,
    name,
    brand,
    category,
    subcategory,
    tags: [...tags],
    ...(image === undefined ? {} : { image }),
    price_from: toDecimal(price),
    ...(regular && { regular_price: toDecimal(regular) }),
    currency: price.currency,
    variant_count: variants.length,
    created_at: createdAt.toISOString(),
  };
};
