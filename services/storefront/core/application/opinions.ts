import type { Link } from '#contracts/pages/storefront.ts';
import { productHref } from '../domain/links.ts';
import type { PostState } from '../ports/opinions.ts';
import type { Shop } from '../ports/shop.ts';

/** What is said about what was written. */
export const SAID: Readonly<Record<PostState, string>> = {
  approved: 'PUBLISHED',
  pending: 'WAITS',
  rejected: 'WAITS',
};

/** Undefined for a product that is not for sale. */
export const linkTo = async (shop: Shop, productId: string): Promise<Link | undefined> => {
  const product = await shop.product(productId);
  if (!product) return undefined;
  return { href: productHref(productId, product.name, undefined, product.slug), text: product.name };
};
