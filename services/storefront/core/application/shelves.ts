import type { ListPlace, ShelfView } from '#contracts/pages/storefront.ts';
import { cardOf } from '../domain/cards.ts';
import { NO_FILTERS, searchHref } from '../domain/filters.ts';
import { categoryHref } from '../domain/links.ts';
import type { Cart, CategoryDetail, Listed, Product } from '../ports/shop.ts';
import type { Visited } from './visited.ts';

// What pages offer besides what the visitor came for. They are the same for all visitors: an island asks for recommendations to one, which
// take the place of what is popular. What staff have related stays.

/** On each shelf. */
const MOST = 12;
/** On each shelf of the home page, as two rows. */
const AT_HOME = 8;

type Shelf = Pick<ShelfView, 'name'> & Partial<Omit<ShelfView, 'name' | 'products'>>;

const shelfOf = (
  { format }: Visited,
  { name, reason, href, list }: Shelf,
  products: readonly Listed[],
): ShelfView => ({
  name,
  reason,
  href,
  list,
  products: products.slice(0, MOST).map((product) => cardOf(product, format)),
});

/** Of the home page, which is the same for all visitors. */
export const homeShelves = async (now: Visited): Promise<readonly ShelfView[]> => {
  const search = { query: '', categoryId: undefined, brands: [], attributes: [], minPrice: undefined, maxPrice: undefined, rating: undefined, isInStockOnly: true, limit: AT_HOME, cursor: undefined, withFacets: false }; // prettier-ignore
  const of = async (name: 'best_selling' | 'newest', list?: ListPlace): Promise<ShelfView> => {
    const { items } = await now.shop.search({ ...search, sort: name });
    return shelfOf(now, { name, href: searchHref({ ...NO_FILTERS, sort: name }), list }, items);
  };
  return Promise.all([of('best_selling', { list: 'for_you', placement: 'home' }), of('newest')]);
};

/** Of a product's page: what staff have related to it, else what sells best of its category; and what is bought together with it. */
export const productShelves = async (
  now: Visited,
  { productId, categoryId }: Product,
  related: readonly Listed[],
  category: Promise<CategoryDetail | undefined>,
): Promise<readonly ShelfView[]> => {
  const place = { placement: 'product', productId } as const;
  const together = shelfOf(now, { name: 'bought_together', list: { ...place, list: 'bought_together' } }, []);
  if (related.length > 0) return [shelfOf(now, { name: 'related' }, related), together];
  const similar = await similarShelf(now, productId, categoryId, category);
  return [{ ...similar, list: { ...place, list: 'similar' } }, together];
};

/** Of the cart: what goes with its newest item, and is not in it. The cart does without if that is not known. */
export const cartShelves = async (now: Visited, { items }: Cart): Promise<readonly ShelfView[]> => {
  const newest = items.at(-1);
  if (!newest) return [];
  const { productId, name } = newest;
  const list = { list: 'bought_together', placement: 'cart', productId } as const;
  const inCart = new Set(items.map((item) => item.productId));
  const [related, product] = await Promise.all([
    now.shop.related(productId).catch(() => []),
    now.shop.product(productId).catch(() => undefined),
  ]);
  const others = related.filter((one) => !inCart.has(one.productId));
  if (others.length > 0)
    return [
      shelfOf(now, { name: 'related', reason: name }, others),
      shelfOf(now, { name: 'bought_together', list }, []),
    ];
  const categoryId = product?.categoryId;
  const category =
    categoryId === undefined ? undefined : now.shop.category(categoryId).catch(() => undefined);
  return [{ ...(await similarShelf(now, productId, categoryId, category, inCart)), list }];
};

/** What sells best of the category. */
const similarShelf = async (
  now: Visited,
  productId: string,
  categoryId: string | undefined,
  category: Promise<CategoryDetail | undefined> | undefined,
  without: ReadonlySet<string> = new Set(),
): Promise<ShelfView> => {
  if (categoryId === undefined) return shelfOf(now, { name: 'similar' }, []);
  const [of, similar] = await Promise.all([category, now.shop.similar(productId, categoryId)]);
  const others = similar.filter((one) => !without.has(one.productId));
  return shelfOf(now, { name: 'similar', reason: of?.name, href: of && categoryHref(of.slug) }, others);
};
