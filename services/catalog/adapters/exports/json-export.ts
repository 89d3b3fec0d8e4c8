import { toDecimal } from '#kernel/money.ts';
import type { components } from '#openapi/generated/catalog.ts';
import { urlsOf } from '../../core/domain/pictures.ts';
import { decimalsOf, type Product } from '../../core/domain/product.ts';

/** A product as a line that imports read. */
const lineOf = (product: Product): components['schemas']['ImportLine'] => ({
  name: product.name,
  description: product.description,
  category: product.category,
  subcategory: product.subcategory,
  brand: product.brand,
  tags: [...product.tags],
  specifications: product.specifications,
  status: product.status,
  publish_at: product.publishAt?.toISOString() ?? null,
  unpublish_at: product.unpublishAt?.toISOString() ?? null,
  variants: product.variants.map((variant) => ({
    sku: variant.sku,
    attributes: variant.attributes,
    price: toDecimal(variant.price),
    currency: variant.price.currency,
    ...(variant.listPrices.length > 0 && { prices: decimalsOf(variant) }),
    images: urlsOf(variant),
  })),
});

export const jsonLine = (product: Product): string => `${JSON.stringify(lineOf(product))}\n`;
