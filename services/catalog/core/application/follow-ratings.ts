import type { ToWire } from '#kernel/events.ts';
import type { Publication } from '../domain/events.ts';
import type { ProductRating } from '../domain/rating.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';

/** Keeps a rating unless a later one is known, and says so when the catalog shows it: caches of its pages end then. */
export const makeFollowRating =
  (toWire: ToWire<Publication>) =>
  async (
    { ratings, outbox }: Pick<CatalogTx, 'ratings' | 'outbox'>,
    rating: ProductRating,
  ): Promise<void> => {
    if (await ratings.save(rating)) await outbox.add(toWire({ type: 'product.rated', rating }));
  };
