import { categoryHref, collectionHref, productHref } from '../domain/links.ts';
import type { Category } from '../ports/shop.ts';
import { visited, type Pages, type Request } from './visited.ts';

/** The limit of the protocol for one file. */
const MOST = 50_000;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const allOf = (categories: readonly Category[]): readonly string[] =>
  categories.flatMap(({ slug, children }) => [categoryHref(slug), ...allOf(children)]);

/** The home page, all categories, collections and all products, as sitemaps.org describes it. */
export const makeSitemap =
  (pages: Pages) =>
  async (request: Request): Promise<string> => {
    const { shop, publicUrl } = visited(pages, request);
    const [categories, collections] = await Promise.all([shop.categories(), shop.collections()]);
    const paths = ['/', ...allOf(categories), ...collections.map(({ slug }) => collectionHref(slug))];
    let cursor: string | undefined;
    do {
      const { items, next } = await shop.products(cursor);
      paths.push(...items.map(({ productId, name }) => productHref(productId, name)));
      cursor = next;
    } while (cursor !== undefined && paths.length < MOST);
    const urls = paths.slice(0, MOST).map((path) => `<url><loc>${escaped(publicUrl + path)}</loc></url>`);
    return (
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`
    );
  };

/** What a search engine would find without end, or is for one visitor only. */
const PRIVATE = ['/search', '/cart', '/checkout', '/orders/', '/account', '/login', '/register', '/parts/'];

export const robots = (publicUrl: string): string =>
  [
    'User-agent: *',
    ...PRIVATE.map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${publicUrl}/sitemap.xml`,
    '',
  ].join('\n');
