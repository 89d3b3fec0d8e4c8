import type { Cart } from '../domain/cart.ts';
import type { Catalog } from '../ports/neighbours.ts';

/** Whether each variant of a cart is still for sale; empty if the catalog is unavailable. */
export const makeFindSold =
  (catalog: Catalog) =>
  async ({ items }: Cart): Promise<ReadonlyMap<string, boolean>> => {
    const asked = await Promise.all(
      items.map(async ({ variantId }) => ({ variantId, offer: await catalog.offer(variantId) })),
    );
    return new Map(
      asked.flatMap(({ variantId, offer }): [string, boolean][] =>
        offer.ok ? [[variantId, offer.value !== undefined]] : [],
      ),
    );
  };
