import type { MongoUnit } from '#adapters/mongo/unit-of-work.ts';
import type { RatingRepository } from '../../core/ports/catalog-tx.ts';
import { PRODUCTS, skusOf, type ProductBody } from './product-documents.ts';

/** Beside the content of the product's document, so that lists read no other. */
export const mongoRatingRepository = (unit: MongoUnit): RatingRepository => ({
  save: async ({ productId, version, average, count }) => {
    const body = await unit.find<ProductBody>(PRODUCTS, productId);
    if (!body || (body.rating?.version ?? 0) >= version) return false;
    await unit.put(PRODUCTS, productId, { ...body, rating: { version, average, count } }, skusOf(body));
    return true;
  },
});
