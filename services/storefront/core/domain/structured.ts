import type { Link } from '#contracts/pages/storefront.ts';
import type { Product, Reviews, Variant } from '../ports/shop.ts';
import { decimalText } from './format.ts';
import { productHref } from './links.ts';

const CONTEXT = 'https://schema.org';

/** What search engines show as a path. */
export const breadcrumbList = (links: readonly Link[], publicUrl: string): object => ({
  '@context': CONTEXT,
  '@type': 'BreadcrumbList',
  itemListElement: links.map(({ href, text }, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name: text,
    item: publicUrl + href,
  })),
});

const absolute = (url: string, publicUrl: string): string => (url.startsWith('/') ? publicUrl + url : url);

const offerOf = (
  product: Product,
  variant: Variant,
  stock: ReadonlyMap<string, number> | undefined,
  publicUrl: string,
): object => ({
  '@type': 'Offer',
  sku: variant.sku,
  url: publicUrl + productHref(product.productId, product.name, variant.variantId, product.slug),
  price: decimalText(variant.price),
  priceCurrency: variant.price.currency,
  ...(stock && {
    availability: `${CONTEXT}/${(stock.get(variant.variantId) ?? 0) > 0 ? 'InStock' : 'OutOfStock'}`,
  }),
});

export const productData = (
  product: Product,
  reviews: Reviews | undefined,
  stock: ReadonlyMap<string, number> | undefined,
  publicUrl: string,
): object => ({
  '@context': CONTEXT,
  '@type': 'Product',
  productID: product.productId,
  name: product.name,
  description: product.description,
  brand: { '@type': 'Brand', name: product.brand },
  image: [...new Set(product.variants.flatMap(({ pictures }) => pictures.map(({ url }) => url)))].map((url) =>
    absolute(url, publicUrl),
  ),
  offers: product.variants.map((variant) => offerOf(product, variant, stock, publicUrl)),
  ...(reviews &&
    reviews.count > 0 && {
      aggregateRating: {
        '@type': 'AggregateRating',
        ratingValue: reviews.average,
        reviewCount: reviews.count,
      },
    }),
});

export const organization = (publicUrl: string): object => ({
  '@context': CONTEXT,
  '@type': 'WebSite',
  url: `${publicUrl}/`,
  potentialAction: {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${publicUrl}/search?q={query}` },
    'query-input': 'required name=query',
  },
});
