import anyAscii from 'any-ascii';

const LONGEST = 80;

/** The part of an address that is for people: `Bücher & Karten` becomes `bucher-karten`. */
export const slugOf = (name: string): string => {
  const words =
    anyAscii(name)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const slug = words.join('-').slice(0, LONGEST).replace(/-$/, '');
  return slug === '' ? 'product' : slug;
};

export const productHref = (productId: string, name: string, variantId?: string, slug?: string): string => {
  const path = `/products/${productId}/${slug ?? slugOf(name)}`;
  return variantId === undefined ? path : `${path}?variant=${variantId}`;
};

/** Where a customer writes a review of a product, or changes it. */
export const reviewHref = (productId: string): string => `/account/reviews/${productId}`;

/** Where a customer deletes it. */
export const deleteReviewHref = (productId: string): string => `${reviewHref(productId)}/delete`;

/** Where a customer asks about a product. */
export const questionHref = (productId: string): string => `/account/questions/${productId}`;

export const categoryHref = (slug: string): string => `/categories/${encodeURIComponent(slug)}`;

export const collectionHref = (slug: string): string => `/collections/${encodeURIComponent(slug)}`;

/** A path with the parameters that have a value. */
export const hrefWith = (
  path: string,
  parameters: readonly (readonly [name: string, value: string | undefined])[],
): string => {
  const given = parameters.filter((one): one is [string, string] => one[1] !== undefined && one[1] !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
};
