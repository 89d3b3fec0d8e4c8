import type { WishListPage } from '#contracts/pages/storefront.ts';
import { cardOf, listedOf } from '../domain/cards.ts';
import { hrefWith } from '../domain/links.ts';
import type { Listed, Shop } from '../ports/shop.ts';
import {
  framed,
  see,
  visited,
  visitorOf,
  type Customer,
  type Outcome,
  type Pages,
  type Request,
} from './visited.ts';

/** The products that a customer would like to have. */
export interface WishList {
  /** @param after the last product of the page before */
  show(
    request: Request,
    customer: Customer,
    after: string | undefined,
    notice: string | undefined,
  ): Promise<Outcome>;
  add(request: Request, customer: Customer, productId: string): Promise<Outcome>;
  remove(request: Request, customer: Customer, productId: string): Promise<Outcome>;
}

const PATH = '/account/wish-list';
const PER_PAGE = 24;

/** Undefined if it is no longer for sale. */
const listed = async (shop: Shop, productId: string): Promise<Listed | undefined> => {
  const [product, stock] = await Promise.all([shop.product(productId), shop.stock(productId)]);
  return product && listedOf(product, stock);
};

export const makeWishList = (pages: Pages): WishList => ({
  show: async (request, { userId }, after, notice) => {
    const now = visited(pages, { ...request, path: PATH });
    const { shop, format } = now;
    const [all, visitor] = await Promise.all([shop.wishes(userId), visitorOf(now)]);
    // From the beginning, if that product is no longer on the list.
    const start = after === undefined ? 0 : all.indexOf(after) + 1;
    const shown = all.slice(start, start + PER_PAGE);
    const last = start + PER_PAGE < all.length ? shown.at(-1) : undefined;
    const page: WishListPage = {
      kind: 'wish-list',
      notice,
      wishes: await Promise.all(
        shown.map(async (productId) => {
          const product = await listed(shop, productId);
          return { productId, product: product && cardOf(product, format) };
        }),
      ),
      nextHref: last === undefined ? undefined : hrefWith(PATH, [['after', last]]),
    };
    return framed(now, page, { visitor });
  },
  add: async (request, { userId }, productId) => {
    const added = await visited(pages, request).shop.addWish(userId, productId);
    return see(`${PATH}?notice=${added.ok ? 'WISH_ADDED' : added.error.code}`);
  },
  remove: async (request, { userId }, productId) => {
    const removed = await visited(pages, request).shop.removeWish(userId, productId);
    return see(`${PATH}?notice=${removed.ok ? 'REMOVED' : removed.error.code}`);
  },
});
