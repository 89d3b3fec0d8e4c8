import type { Link, ListingPage } from '#contracts/pages/storefront.ts';
import { moneyOf } from '#kernel/money.ts';
import { ownPath } from '#kernel/own-path.ts';
import { cardOf } from '../domain/cards.ts';
import {
  chosenOf,
  facetsOf,
  isOnlyCategory,
  NO_FILTERS,
  searchHref,
  SORTS,
  type Filters,
} from '../domain/filters.ts';
import { categoryHref, hrefWith } from '../domain/links.ts';
import { breadcrumbList } from '../domain/structured.ts';
import type { Category, CategoryDetail, Found } from '../ports/shop.ts';
import { framed, see, visited, type Outcome, type Pages, type Request, type Visited } from './visited.ts';

const PER_PAGE = 24;

const numberIn = (text: string): number | undefined => (text === '' ? undefined : Number(text));

/** The children of a category in the tree. */
const childrenOf = (tree: readonly Category[], slug: string): readonly Category[] => {
  for (const category of tree) {
    if (category.slug === slug) return category.children;
    const below = childrenOf(category.children, slug);
    if (below.length > 0) return below;
  }
  return [];
};

interface Listing {
  readonly filters: Filters;
  readonly category: CategoryDetail | undefined;
  readonly cursor: string | undefined;
}

const find = ({ shop }: Visited, { filters, category, cursor }: Listing): Promise<Found> =>
  shop.search({
    query: filters.query,
    categoryId: category?.categoryId,
    brands: filters.brands,
    attributes: filters.attributes,
    minPrice: numberIn(filters.minPrice),
    maxPrice: numberIn(filters.maxPrice),
    rating: numberIn(filters.rating),
    isInStockOnly: filters.isInStockOnly,
    sort: filters.sort,
    limit: PER_PAGE,
    cursor,
    withFacets: true,
  });

const pageOf = async (
  { shop, format }: Visited,
  { filters, category, cursor }: Listing,
  found: Found,
): Promise<ListingPage> => {
  const tree = await shop.categories();
  const children = category ? childrenOf(tree, category.slug) : [];
  const currency = found.items[0]?.from.currency ?? 'EUR';
  const price = (amount: number | undefined): string =>
    amount === undefined ? '' : format.price(moneyOf(amount, currency));
  const here = isOnlyCategory(filters)
    ? (next?: string) => hrefWith(categoryHref(filters.category), [['cursor', next]])
    : (next?: string) => searchHref(filters, next);
  return {
    kind: 'listing',
    category: category && {
      name: category.name,
      slug: category.slug,
      description: category.description,
    },
    query: filters.query,
    match: found.match,
    breadcrumbs: breadcrumbsOf(category),
    subcategories: children.map(({ slug, name, count }) => ({ href: categoryHref(slug), text: name, count })),
    total: found.total,
    products: found.items.map((product) => cardOf(product, format)),
    facets: facetsOf(found.facets, filters),
    chosen: chosenOf(filters),
    price: {
      min: filters.minPrice,
      max: filters.maxPrice,
      lowest: price(found.facets?.price?.min),
      highest: price(found.facets?.price?.max),
    },
    isInStockOnly: filters.isInStockOnly,
    sort: filters.sort,
    sorts: SORTS,
    nextHref: found.next === undefined ? undefined : here(found.next),
    firstHref: cursor === undefined ? undefined : here(),
  };
};

export const breadcrumbsOf = (category: CategoryDetail | undefined): readonly Link[] =>
  category
    ? [...category.above, category].map(({ slug, name }) => ({ href: categoryHref(slug), text: name }))
    : [];

/** A category's page has no filters: those lead to the search, which no search engine reads. */
export const makeShowCategory =
  (pages: Pages) =>
  async (request: Request, slug: string, cursor: string | undefined): Promise<Outcome> => {
    const now = visited(pages, request);
    const category = await now.shop.category(slug);
    if (!category) return undefined;
    if (category.slug !== slug) return { kind: 'moved', to: categoryHref(category.slug) };
    const listing = { filters: { ...NO_FILTERS, category: slug }, category, cursor };
    const page = await pageOf(now, listing, await find(now, listing));
    return framed(now, page, {
      canonical: hrefWith(categoryHref(slug), [['cursor', cursor]]),
      isIndexed: cursor === undefined,
      structured: [breadcrumbList(page.breadcrumbs, now.publicUrl)],
    });
  };

export const makeShowSearch =
  (pages: Pages) =>
  async (request: Request, filters: Filters, cursor: string | undefined): Promise<Outcome> => {
    if (cursor === undefined && isOnlyCategory(filters)) return see(categoryHref(filters.category));
    const now = visited(pages, request);
    const category = filters.category === '' ? undefined : await now.shop.category(filters.category);
    if (filters.category !== '' && !category) return undefined;
    const listing = { filters, category, cursor };
    const found = await find(now, listing);
    if (found.redirect !== undefined) return see(ownPath(found.redirect));
    return framed(now, await pageOf(now, listing, found), { query: filters.query });
  };
