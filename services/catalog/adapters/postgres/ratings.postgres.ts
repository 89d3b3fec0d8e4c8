import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { RatingRepository } from '../../core/ports/catalog-tx.ts';

/** A column of its own, which saving a product leaves alone. */
export const postgresRatingRepository = (tx: SqlTransaction): RatingRepository => ({
  save: async ({ productId, version, average, count }) => {
    const changed = await tx.execute(
      `update catalog.products set rating = $2::jsonb
       where product_id = $1 and coalesce((rating ->> 'version')::integer, 0) < $3 returning product_id`,
      [productId, JSON.stringify({ version, average, count }), version],
    );
    return changed.length > 0;
  },
});
