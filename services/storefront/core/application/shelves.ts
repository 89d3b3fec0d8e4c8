import type { ShelfView } from '#contracts/pages/storefront.ts';
import { cardOf } from '../domain/cards.ts';
import { NO_FILTERS, searchHref } from '../domain/filters.ts';
import { categoryHref } from '../domain/links.ts';
import type { Cart, CategoryDetail, Listed, Product } from '../ports/shop.ts';
import type { Visited } from './visited.ts';

// What pages offer besides what the visitor came for. This is the place to ask a recommendation service.

/** On each shelf. */
const MOST = 12;
/** On each shelf of the home page, as two rows. */
const AT_HOME = 8;

type Shelf = Pick<ShelfView, 'name'> & Partial<Omit<ShelfView, 'name' | 'products'>>;

const shelfOf = (
  { format }: Visited,
  { name, reason, href }: Shelf,
  products: readonly Listed[],
): ShelfView => ({
  name,
  reason,
  href,
  products: products.slice(0, MOST).map((product) => cardOf(product, format)),
});

/** Of the home page, which is the same for all visitors. */
export const homeShelves = async (now: Visited): Promise<readonly ShelfView[]> => {
  const search = { query: '', categoryId: undefined, brands: [], attributes: [], minPrice: undefined, maxPrice: undefined, rating: undefined, isInStockOnly: true, limit: AT_HOME, cursor: undefined, withFacets: false }; // prettier-ignore
  const of = async (name: 'best_selling' | 'newest'): Promise<ShelfView> => {
    const { items } = await now.shop.search({ ...search, sort: name });
    return shelfOf(now, { name, href: searchHref({ ...NO_FILTERS, sort: name }) }, items);
  };
  return Promise.all([of('best_selling'), of('newest')]);
};

/** Of a product's page: what staff have related to it, else what sells best of its category. */
export const productShelves = async (
  now: Visited,
  { productId, categoryId }: Product,
  related: readonly Listed[],
  category: Promise<CategoryDetail | undefined>,
): Promise<readonly ShelfView[]> => {
  if (related.length > 0) return [shelfOf(now, { name: 'related' }, related)];
  if (categoryId === undefined) return [];
  const [of, similar] = await Promise.all([category, now.shop.similar(productId, categoryId)]);
  const shelf = { name: 'similar', reason: of?.name, href: of && categoryHref(of.slug) } as const;
  return [shelfOf(now, shelf, similar)];
};

/** Of the cart: what staff have related to its newest item, and is not in it. The cart does without if that is not known. */
export const cartShelves = async (now: Visited, { items }: Cart): Promise<readonly ShelfView[]> => {
  const newest = items.at(-1);
  if (!newest) return [];
  const inCart = new Set(items.map(({ productId }) => productId));
  const related = await now.shop.related(newest.productId).catch(() => []);
  const others = related.filter(({ productId }) => !inCart.has(productId));
  return [shelfOf(now, { name: 'related', reason: newest.name }, others)];
};
