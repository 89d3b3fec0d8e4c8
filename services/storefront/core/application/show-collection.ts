import { cardOf, pictureAt } from '../domain/cards.ts';
import { collectionHref, hrefWith } from '../domain/links.ts';
import { breadcrumbList } from '../domain/structured.ts';
import { framed, visited, type Outcome, type Pages, type Request } from './visited.ts';

/** The products of a collection, in the order that staff chose. @param slug or the ID, which leads to the slug */
export const makeShowCollection =
  (pages: Pages) =>
  async (request: Request, slug: string, cursor: string | undefined): Promise<Outcome> => {
    const now = visited(pages, request);
    const [collection, products] = await Promise.all([
      now.shop.collection(slug),
      now.shop.productsIn(slug, cursor),
    ]);
    if (!collection || !products) return undefined;
    const { picture } = collection;
    const href = collectionHref(collection.slug);
    if (collection.slug !== slug) return { kind: 'moved', to: href };
    return framed(
      now,
      {
        kind: 'collection',
        name: collection.name,
        title: collection.title ?? collection.name,
        description: collection.description,
        summary: collection.summary ?? collection.description,
        picture: picture && pictureAt(picture.url, picture.alt),
        products: products.items.map((product) => cardOf(product, now.format)),
        nextHref: products.next === undefined ? undefined : hrefWith(href, [['cursor', products.next]]),
        firstHref: cursor === undefined ? undefined : href,
      },
      {
        canonical: hrefWith(href, [['cursor', cursor]]),
        isIndexed: cursor === undefined,
        structured: [breadcrumbList([{ href, text: collection.name }], now.publicUrl)],
      },
    );
  };
