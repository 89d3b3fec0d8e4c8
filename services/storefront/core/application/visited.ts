import type { Page, PageFrame, Visitor } from '#contracts/pages/storefront.ts';
import { formatFor, type Format } from '../domain/format.ts';
import { categoryHref } from '../domain/links.ts';
import type { Draft, GuestCart, Language, Shop, ShopFor, Visit } from '../ports/shop.ts';

export interface Customer {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

/** A request of a page. */
export interface Request {
  readonly visit: Visit;
  /** Undefined for guests, and for pages that all visitors share. */
  readonly customer: Customer | undefined;
  /** Path with query. */
  readonly path: string;
}

/** A change of what the gateway keeps for the visitor's browser. */
export interface SessionChange {
  /** Tokens of a login. */
  readonly grant?: object;
  /** The new access token of the existing session. */
  readonly proof?: object;
  /** `null` forgets the guest cart. */
  readonly cart?: GuestCart | null;
  /** `null` forgets what was entered at the checkout. */
  readonly draft?: Draft | null;
  /** The token of an order without an account. */
  readonly order?: string;
  /** The proof of this device that replaces the one before. */
  readonly device?: string;
  readonly language?: Language;
  readonly ended?: true;
}

/** What a request leads to; undefined if there is no such page. */
export type Outcome =
  | { readonly kind: 'page'; readonly frame: PageFrame; readonly session?: SessionChange }
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'see'; readonly to: string; readonly session?: SessionChange }
  | undefined;

export const see = (to: string, session?: SessionChange): Outcome =>
  session ? { kind: 'see', to, session } : { kind: 'see', to };

/** The tools of a use case. */
export interface Pages {
  readonly shopFor: ShopFor;
  /** The shop's public address, without a slash at the end. */
  readonly publicUrl: () => string;
}

/** What is known about a request while its page is made. */
export interface Visited {
  readonly request: Request;
  readonly shop: Shop;
  readonly format: Format;
  readonly publicUrl: string;
}

export const visited = ({ shopFor, publicUrl }: Pages, request: Request): Visited => ({
  request,
  shop: shopFor(request.visit),
  format: formatFor(request.visit.language),
  publicUrl: publicUrl(),
});

interface Framing {
  /** Path of this page, as search engines should know it; the requested one by default. */
  readonly canonical?: string;
  readonly isIndexed?: boolean;
  readonly structured?: readonly object[];
  readonly query?: string;
  /** Whether the page is for this visitor only. */
  readonly visitor?: Visitor | undefined;
}

/** A page with what surrounds it. */
export const framed = async (
  { request, shop, publicUrl }: Visited,
  page: Page,
  { canonical, isIndexed = false, structured = [], query = '', visitor }: Framing = {},
): Promise<Outcome> => {
  const categories = await shop.categories();
  const { path, visit } = request;
  return {
    kind: 'page',
    frame: {
      language: visit.language,
      canonical: publicUrl + (canonical ?? path),
      isIndexed,
      path,
      navigation: categories.map(({ slug, name }) => ({ href: categoryHref(slug), text: name })),
      visitor,
      structured,
      query,
      page,
    },
  };
};

/** The cart of the visitor; undefined for a guest without one. */
export const cartIdOf = ({ visit, customer }: Request): string | undefined =>
  customer?.userId ?? visit.guestCart?.id;

export const visitorOf = async ({ request, shop }: Visited): Promise<Visitor> => {
  const cartId = cartIdOf(request);
  const items = cartId === undefined ? [] : (await shop.cart(cartId)).items;
  const { isOfProvider } = request.visit;
  return {
    name: request.customer?.name,
    isOfProvider,
    cartCount: items.reduce((sum, { quantity }) => sum + quantity, 0),
  };
};
