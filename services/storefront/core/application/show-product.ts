import type { ProductPage } from '#contracts/pages/storefront.ts';
import { pictureAt, priceOf, ratingOf } from '../domain/cards.ts';
import { NO_FILTERS, searchHref } from '../domain/filters.ts';
import { productHref, questionHref, reviewHref, slugOf } from '../domain/links.ts';
import { breadcrumbList, productData } from '../domain/structured.ts';
import { chosenVariant, optionsOf } from '../domain/variants.ts';
import type { Reviews } from '../ports/shop.ts';
import { productShelves } from './shelves.ts';
import { breadcrumbsOf } from './show-listing.ts';
import { framed, visited, type Outcome, type Pages, type Request } from './visited.ts';

/** Fewer units are shown as a number. */
const FEW = 6;

/** Redirects to the page of a product, whose address contains its name. */
export const makeFindProduct =
  (pages: Pages) =>
  async (request: Request, productId: string): Promise<Outcome> => {
    const product = await visited(pages, request).shop.product(productId);
    return product && { kind: 'moved', to: productHref(productId, product.name, undefined, product.slug) };
  };

export const makeShowProduct =
  (pages: Pages) =>
  async (
    request: Request,
    productId: string,
    slug: string,
    variantId: string | undefined,
  ): Promise<Outcome> => {
    const now = visited(pages, request);
    const { shop, format, publicUrl } = now;
    const [product, stock, reviews, questions, related] = await Promise.all([
      shop.product(productId),
      shop.stock(productId),
      shop.reviews(productId),
      shop.questions(productId),
      shop.related(productId),
    ]);
    const variant = product && chosenVariant(product, variantId, stock);
    if (!product || !variant) return undefined;
    const ownSlug = product.slug ?? slugOf(product.name);
    if (slug !== ownSlug)
      return { kind: 'moved', to: productHref(productId, product.name, variantId, ownSlug) };
    const { categoryId } = product;
    const asked = categoryId === undefined ? Promise.resolve(undefined) : shop.category(categoryId);
    const [category, shelves] = await Promise.all([asked, productShelves(now, product, related, asked)]);
    const canonical = productHref(productId, product.name, undefined, ownSlug);
    const breadcrumbs = breadcrumbsOf(category);
    const price = { from: variant.price, to: undefined, regular: variant.regular };
    const page: ProductPage = {
      kind: 'product',
      productId,
      variantId: variant.variantId,
      name: product.name,
      brand: product.brand,
      brandHref: searchHref({ ...NO_FILTERS, brands: [product.brand] }),
      description: product.description,
      breadcrumbs,
      pictures: variant.pictures.map(({ url, alt }) => pictureAt(url, alt === '' ? product.name : alt)),
      price: priceOf(price, format),
      stock: stockOf(stock, variant.variantId),
      options: optionsOf(product, variant, stock),
      specifications: Object.entries(product.specifications).map(([name, value]) => ({
        name: name.replaceAll('_', ' '),
        value,
      })),
      rating: ratingOf(reviews, format),
      histogram: histogramOf(reviews),
      reviews: reviews.items.map(({ at, media, ...review }) => ({
        ...review,
        date: format.date(at),
        media: media.map(({ url, thumbnail }) => ({ href: url, src: thumbnail })),
      })),
      questions: questions.map(({ at, ...question }) => ({ ...question, date: format.date(at) })),
      reviewHref: reviewHref(productId),
      questionHref: questionHref(productId),
      shelves,
    };
    return framed(now, page, {
      canonical,
      isIndexed: true,
      structured: [
        productData(product, reviews, stock, publicUrl),
        breadcrumbList([...breadcrumbs, { href: canonical, text: product.name }], publicUrl),
      ],
    });
  };

const stockOf = (stock: ReadonlyMap<string, number> | undefined, variantId: string): ProductPage['stock'] => {
  const units = stock?.get(variantId);
  if (units === undefined) return { state: 'unknown', units: 0 };
  if (units === 0) return { state: 'sold_out', units };
  return { state: units < FEW ? 'low' : 'in_stock', units };
};

const histogramOf = ({ histogram, count }: Reviews): ProductPage['histogram'] =>
  histogram
    .map((having, index) => ({
      stars: index + 1,
      count: having,
      percent: count === 0 ? 0 : Math.round((100 * having) / count),
    }))
    .reverse();
