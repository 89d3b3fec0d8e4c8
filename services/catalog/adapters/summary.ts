import type { Product } from '../core/domain/product.ts';
import type { ProductSummary } from '../core/ports/product-queries.ts';

/** A product as shown in lists; computed when it is written, so that lists read nothing else. */
export const summarize = (product: Product): ProductSummary => {
  const cheapest = product.variants.reduce((a, b) => (b.price.minor < a.price.minor ? b : a));
  return {
    productId: product.productId,
    name: product.name,
    brand: product.brand,
    category: product.category,
    subcategory: product.subcategory,
    tags: product.tags,
    image: product.variants.flatMap(({ images }) => images)[0],
    priceFrom: cheapest.price,
    variantCount: product.variants.length,
    createdAt: product.createdAt,
  };
};
