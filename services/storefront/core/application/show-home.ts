import { NO_FILTERS, searchHref } from '../domain/filters.ts';
import { cardOf, pictureOf } from '../domain/cards.ts';
import { categoryHref } from '../domain/links.ts';
import { organization } from '../domain/structured.ts';
import { framed, visited, type Outcome, type Pages, type Request } from './visited.ts';

const SHELVES = ['best_selling', 'newest'] as const;
const PER_SHELF = 8;

export const makeShowHome =
  (pages: Pages) =>
  async (request: Request): Promise<Outcome> => {
    const now = visited(pages, request);
    const { shop, format, publicUrl } = now;
    const search = { query: '', categoryId: undefined, brands: [], attributes: [], minPrice: undefined, maxPrice: undefined, rating: undefined, isInStockOnly: true, limit: PER_SHELF, cursor: undefined, withFacets: false }; // prettier-ignore
    const shelfOf = async (name: (typeof SHELVES)[number]) => {
      const { items } = await shop.search({ ...search, sort: name });
      const products = items.map((product) => cardOf(product, format));
      return { name, href: searchHref({ ...NO_FILTERS, sort: name }), products };
    };
    const [categories, shelves] = await Promise.all([shop.categories(), Promise.all(SHELVES.map(shelfOf))]);
    return framed(
      now,
      {
        kind: 'home',
        categories: categories.map(({ slug, name, count, picture }) => ({
          href: categoryHref(slug),
          text: name,
          count,
          picture: pictureOf(picture, ''),
        })),
        shelves,
      },
      { isIndexed: true, structured: [organization(publicUrl)] },
    );
  };
