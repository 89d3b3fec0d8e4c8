import type { PictureView, PriceView, ProductCard, RatingView } from '#contracts/pages/storefront.ts';
import { equals, type Money } from '#kernel/money.ts';
import type { Listed, Product } from '../ports/shop.ts';
import type { Format } from './format.ts';
import { productHref } from './links.ts';

/** Presets of the media service that pages use, with their widths in pixels. */
const PRESETS = [
  ['small', 320],
  ['medium', 640],
  ['large', 1_280],
] as const;

/** The URL of a file of the media service, up to its preset. */
const VARIANT = /^(?<start>.*\/api\/v1\/media\/files\/[0-9a-f]{64}-)[a-z]+[.](?<format>avif|webp|jpg)$/;

/** A picture; those of the media service exist in several widths. */
export const pictureAt = (url: string, alt: string): PictureView => {
  const { start, format } = VARIANT.exec(url)?.groups ?? {};
  if (start === undefined || format === undefined) return { src: url, srcset: undefined, alt };
  const widths = PRESETS.map(([preset, width]) => `${start}${preset}.${format} ${width}w`);
  return { src: `${start}medium.${format}`, srcset: widths.join(', '), alt };
};

/** The picture of something that may have none. */
export const pictureOf = (url: string | undefined, alt: string): PictureView | undefined =>
  url === undefined ? undefined : pictureAt(url, alt);

export const ratingOf = (
  rating: { readonly average: number; readonly count: number } | undefined,
  format: Format,
): RatingView | undefined =>
  rating && rating.count > 0
    ? { stars: rating.average, average: format.average(rating.average), count: rating.count }
    : undefined;

export const priceOf = (
  { from, to, regular }: { from: Money; to: Money | undefined; regular: Money | undefined },
  format: Format,
): PriceView => ({
  text: format.price(from),
  isFrom: to !== undefined && !equals(from, to),
  regular: regular && format.price(regular),
});

/** A product as lists show it, from its cheapest variant; undefined if it is no longer for sale. @param stock by variant, if it is known */
export const listedOf = (product: Product, stock?: ReadonlyMap<string, number>): Listed | undefined => {
  const { productId, name, brand, variants } = product;
  const byPrice = variants.toSorted((a, b) => a.price.minor - b.price.minor);
  const [cheapest, dearest] = [byPrice.at(0), byPrice.at(-1)];
  return (
    cheapest && {
      productId,
      name,
      brand,
      image: variants.find(({ pictures }) => pictures.length > 0)?.pictures[0]?.url,
      from: cheapest.price,
      to: dearest?.price,
      regular: cheapest.regular,
      isInStock: !stock || variants.some(({ variantId }) => (stock.get(variantId) ?? 0) > 0),
      rating: undefined,
    }
  );
};

export const cardOf = (product: Listed, format: Format): ProductCard => ({
  href: productHref(product.productId, product.name),
  name: product.name,
  brand: product.brand,
  picture: pictureOf(product.image, ''),
  price: priceOf(product, format),
  rating: ratingOf(product.rating, format),
  isSoldOut: !product.isInStock,
});
