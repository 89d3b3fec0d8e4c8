import { toDecimal } from '#kernel/money.ts';
import type { components } from '#openapi/generated/catalog.ts';
import { textsOf, urlsOf } from '../../core/domain/pictures.ts';
import { decimalsOf, type Product } from '../../core/domain/product.ts';

/** A product from before there were categories has none. */
const idOf = ({ categoryIds }: Product): { category_id?: string } => {
  const id = categoryIds.at(-1);
  return id === undefined ? {} : { category_id: id };
};

/** A product as a line that imports read. */
const lineOf = (product: Product): components['schemas']['ImportLine'] => ({
  name: product.name,
  description: product.description,
  category: product.category,
  subcategory: product.subcategory,
  ...idOf(product),
  brand: product.brand,
  tags: [...product.tags],
  specifications: product.specifications,
  status: product.status,
  publish_at: product.publishAt?.toISOString() ?? null,
  unpublish_at: product.unpublishAt?.toISOString() ?? null,
  seo_title: product.seo?.title ?? '',
  seo_description: product.seo?.description ?? '',
  seo_slug: product.seo?.slug ?? '',
  related: [...product.related],
  variants: product.variants.map((variant) => ({
    sku: variant.sku,
    attributes: variant.attributes,
    price: toDecimal(variant.price),
    currency: variant.price.currency,
    ...(variant.listPrices.length > 0 && { prices: decimalsOf(variant) }),
    images: urlsOf(variant),
    image_texts: textsOf(variant),
  })),
});

export const jsonLine = (product: Product): string => `${JSON.stringify(lineOf(product))}\n`;
