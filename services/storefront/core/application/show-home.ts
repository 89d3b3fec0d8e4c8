import { pictureOf } from '../domain/cards.ts';
import { categoryHref, collectionHref } from '../domain/links.ts';
import { organization } from '../domain/structured.ts';
import { homeShelves } from './shelves.ts';
import { framed, visited, type Outcome, type Pages, type Request } from './visited.ts';

const MOST_COLLECTIONS = 8;

export const makeShowHome =
  (pages: Pages) =>
  async (request: Request): Promise<Outcome> => {
    const now = visited(pages, request);
    const { shop, publicUrl } = now;
    const [categories, collections, shelves] = await Promise.all([
      shop.categories(),
      shop.collections(),
      homeShelves(now),
    ]);
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
        collections: collections.slice(0, MOST_COLLECTIONS).map(({ slug, name }) => ({
          href: collectionHref(slug),
          text: name,
        })),
        shelves,
      },
      { isIndexed: true, structured: [organization(publicUrl)] },
    );
  };
