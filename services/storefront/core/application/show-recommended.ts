import type { ShelfView } from '#contracts/pages/storefront.ts';
import { cardOf, listedOf } from '../domain/cards.ts';
import { visited, type Pages, type Request } from './visited.ts';

/** A product of a list, and why it is in it. */
export interface Recommended {
  readonly productId: string;
  readonly reason: { readonly code: string; readonly productId: string | undefined } | undefined;
}

export interface RecommendedList {
  readonly name: ShelfView['name'];
  /** What the list is about: it is named once, and not with each product. */
  readonly about: string | undefined;
  readonly items: readonly Recommended[];
}

/** A list of recommendations as a shelf, without products that are gone. */
export const makeShowRecommended =
  (pages: Pages) =>
  async (request: Request, { name, about, items }: RecommendedList): Promise<ShelfView> => {
    const { shop, format } = visited(pages, request);
    const mentioned = [about, ...items.flatMap(({ productId, reason }) => [productId, reason?.productId])];
    const ids = [...new Set(mentioned.filter((id) => id !== undefined))];
    const found = await Promise.all(ids.map(async (id) => [id, await shop.product(id)] as const));
    const products = new Map(found);
    const nameOf = (id: string | undefined) => (id === undefined ? undefined : products.get(id)?.name);
    const becauseOf = ({ reason }: Recommended) =>
      reason && (about === undefined || reason.productId !== about)
        ? { code: reason.code, name: nameOf(reason.productId) }
        : undefined;
    return {
      name,
      reason: name === 'similar' ? undefined : nameOf(about), // similar products are on its own page
      href: undefined,
      products: items.flatMap((item) => {
        const product = products.get(item.productId);
        const listed = product && listedOf(product);
        return listed ? [{ ...cardOf(listed, format), because: becauseOf(item) }] : [];
      }),
    };
  };
