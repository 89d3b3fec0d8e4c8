import type { EventPayloads, NewEvent } from '#kernel/events.ts';
import type { Publication } from '../../core/domain/events.ts';
import { currentStage } from '../../core/domain/lifecycle.ts';
import { urlsOf } from '../../core/domain/pictures.ts';
import { pricesAt } from '../../core/domain/price.ts';
import type { Product } from '../../core/domain/product.ts';
import { fromPrices } from '../prices.ts';

/** A publication in its wire format. */
export const toWire = (publication: Publication): NewEvent => {
  const { type } = publication;
  switch (type) {
    case 'product.created':
    case 'product.updated': {
      const { product } = publication;
      return {
        type,
        aggregateId: product.productId,
        aggregateVersion: product.version,
        payload: stateOf(product),
      };
    }
    case 'product.deleted': {
      const { productId, version, at } = publication;
      return {
        type,
        aggregateId: productId,
        aggregateVersion: version,
        payload: { product_id: productId, version, deleted_at: at.toISOString() },
      };
    }
    case 'page.picture_changed': {
      const { kind, page } = publication;
      const { id, version, picture } = page;
      return {
        type,
        aggregateId: id,
        aggregateVersion: version,
        payload: { page_id: id, kind, version, ...(picture && { picture_url: picture.url }) },
      };
    }
    case 'product.rated': {
      const { productId, version, average, count } = publication.rating;
      return {
        type,
        aggregateId: productId,
        aggregateVersion: version,
        payload: { product_id: productId, version, average, count },
      };
    }
  }
};

const stateOf = (product: Product): EventPayloads['product.created'] => ({
  product_id: product.productId,
  version: product.version,
  ...(currentStage(product) === 'published' ? {} : { visible: false }),
  name: product.name,
  description: product.description,
  category: product.category,
  subcategory: product.subcategory,
  ...(product.categoryIds.length > 0 && {
    category_ids: [...product.categoryIds],
    category_path: [...product.categoryPath],
  }),
  tags: [...product.tags],
  brand: product.brand,
  specifications: { ...product.specifications },
  variants: product.variants.map((variant) => ({
    variant_id: variant.variantId,
    sku: variant.sku,
    attributes: { ...variant.attributes },
    ...fromPrices(pricesAt(variant, product.updatedAt)),
    images: urlsOf(variant),
    initial_stock: variant.initialStock,
  })),
  created_at: product.createdAt.toISOString(),
  updated_at: product.updatedAt.toISOString(),
});
