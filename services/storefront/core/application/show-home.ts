import { pictureOf } from '../domain/cards.ts';
import { categoryHref } from '../domain/links.ts';
import { organization } from '../domain/structured.ts';
import { homeShelves } from './shelves.ts';
import { framed, visited, type Outcome, type Pages, type Request } from './visited.ts';

export const makeShowHome =
  (pages: Pages) =>
  async (request: Request): Promise<Outcome> => {
    const now = visited(pages, request);
    const { shop, publicUrl } = now;
    const [categories, shelves] = await Promise.all([shop.categories(), homeShelves(now)]);
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
