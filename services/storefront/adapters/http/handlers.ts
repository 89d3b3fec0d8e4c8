import { createHash } from 'node:crypto';
import type { Principal } from '#adapters/auth/principal.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import { pagePolicy } from '#adapters/http/page-policy.ts';
import { HttpProblem } from '#adapters/http/problem.ts';
import { err, refuse, type Err, type Refusal } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/storefront.ts';
import type {
  makeLogIn,
  makeRegister,
  makeShowAccount,
  makeShowLogin,
  makeShowRegistration,
} from '../../core/application/account.ts';
import { logOut } from '../../core/application/account.ts';
import type { makeAddToCart, makeChangeItem, makeShowCart } from '../../core/application/cart.ts';
import type {
  makeAddCheckoutAddress,
  makeEnterCard,
  makeEnterGuest,
  makePlaceOrder,
  makeShowCheckout,
} from '../../core/application/checkout.ts';
import type { makeShowHome } from '../../core/application/show-home.ts';
import type { makeShowCategory, makeShowSearch } from '../../core/application/show-listing.ts';
import type {
  makeCancelOrder,
  makeOpenOrder,
  makeShowOrder,
  makeShowTracking,
  makeTrack,
} from '../../core/application/show-order.ts';
import type { makeFindProduct, makeShowProduct } from '../../core/application/show-product.ts';
import { robots, type makeSitemap } from '../../core/application/sitemap.ts';
import {
  see,
  visited,
  visitorOf,
  type Customer,
  type Outcome,
  type Pages,
  type Request,
  type SessionChange,
} from '../../core/application/visited.ts';
import { categoryHref, ownPath } from '../../core/domain/links.ts';
import type { Render } from '../../core/ports/render.ts';
import type { StorefrontCode } from './errors.ts';
import { choicesOf, entered, toAddress, toFilters, toOrder } from './forms.ts';
import { visitOf } from './visit.ts';

export interface StorefrontUseCases {
  readonly pages: Pages;
  readonly render: Render;
  /** Origin of the payment gateway, to which the checkout leads. */
  readonly paymentOrigin: () => string;
  readonly showHome: ReturnType<typeof makeShowHome>;
  readonly showCategory: ReturnType<typeof makeShowCategory>;
  readonly showSearch: ReturnType<typeof makeShowSearch>;
  readonly findProduct: ReturnType<typeof makeFindProduct>;
  readonly showProduct: ReturnType<typeof makeShowProduct>;
  readonly showCart: ReturnType<typeof makeShowCart>;
  readonly addToCart: ReturnType<typeof makeAddToCart>;
  readonly changeItem: ReturnType<typeof makeChangeItem>;
  readonly showCheckout: ReturnType<typeof makeShowCheckout>;
  readonly addAddress: ReturnType<typeof makeAddCheckoutAddress>;
  readonly enterGuest: ReturnType<typeof makeEnterGuest>;
  readonly enterCard: ReturnType<typeof makeEnterCard>;
  readonly placeOrder: ReturnType<typeof makePlaceOrder>;
  readonly showOrder: ReturnType<typeof makeShowOrder>;
  readonly openOrder: ReturnType<typeof makeOpenOrder>;
  readonly cancelOrder: ReturnType<typeof makeCancelOrder>;
  readonly showTracking: ReturnType<typeof makeShowTracking>;
  readonly track: ReturnType<typeof makeTrack>;
  readonly showAccount: ReturnType<typeof makeShowAccount>;
  readonly showLogin: ReturnType<typeof makeShowLogin>;
  readonly logIn: ReturnType<typeof makeLogIn>;
  readonly showRegistration: ReturnType<typeof makeShowRegistration>;
  readonly register: ReturnType<typeof makeRegister>;
  readonly sitemap: ReturnType<typeof makeSitemap>;
}

/** What the handlers of pages receive. */
interface Asked {
  readonly headers: { readonly 'shop-visit'?: string };
  readonly principal: Principal;
}

type Refused = Err<Refusal<'NOT_FOUND'>>;

const NOT_FOUND: Refused = err({ code: 'NOT_FOUND', detail: 'There is no such page.' });

/** Pages may be shown again only after asking whether they have changed. */
const REVALIDATED = 'no-cache';
/** The name of a file contains the hash of its content. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The gateway takes the header away, and keeps what it says for the browser. */
const sessionHeader = (session: SessionChange | undefined): Record<string, string> =>
  session === undefined
    ? {}
    : { 'Shop-Session': Buffer.from(JSON.stringify(keptOf(session))).toString('base64url') };

/** The gateway keeps a draft as text. */
const keptOf = ({ draft, ...session }: SessionChange): object =>
  draft === undefined ? session : { ...session, draft: draft && JSON.stringify(draft) };

const customerOf = (principal: Principal): Customer | undefined =>
  principal.kind === 'user'
    ? { userId: principal.userId, name: principal.name, email: principal.email }
    : undefined;

const requestOf = ({ headers, principal }: Asked, path: string): Request => ({
  visit: visitOf(headers['shop-visit']),
  customer: customerOf(principal),
  path,
});

const required = ({ customer }: Request): Customer => {
  if (!customer) throw new HttpProblem('UNAUTHENTICATED', 'A login is required.');
  return customer;
};

export const makeHandlers = (shop: StorefrontUseCases): Handlers<operations, StorefrontCode> => {
  const { render, pages } = shop;

  const page = async (frame: Parameters<Render['page']>[0], session?: SessionChange) => {
    const body = await render.page(frame);
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    return {
      status: 200 as const,
      type: 'text/html' as const,
      headers: {
        'Cache-Control': REVALIDATED,
        // The form of the checkout leads to the payment gateway by a redirect, to which `form-action` applies.
        'Content-Security-Policy': pagePolicy(frame.page.kind === 'checkout' ? [shop.paymentOrigin()] : []),
        ...(frame.visitor === undefined && { ETag: etag }),
        ...sessionHeader(session),
      },
      body,
    };
  };

  /** For pages that may have another address. */
  const orMoved = async (outcome: Promise<Outcome>) => {
    const made = await outcome;
    if (made?.kind === 'page') return page(made.frame, made.session);
    return made ? { status: 301 as const, headers: { Location: made.to } } : NOT_FOUND;
  };

  /** For pages after which another one may come. */
  const orSee = async (outcome: Outcome | Promise<Outcome>) => {
    const made = await outcome;
    if (made?.kind === 'page') return page(made.frame, made.session);
    if (!made) return NOT_FOUND;
    const session = made.kind === 'see' ? made.session : undefined;
    return { status: 303 as const, headers: { Location: made.to, ...sessionHeader(session) } };
  };

  const onlySee = async (outcome: Outcome | Promise<Outcome>) => {
    const made = await orSee(outcome);
    if ('ok' in made || made.status === 303) return made;
    throw new Error('a page where another one must follow');
  };

  const onlyPage = async (outcome: Promise<Outcome>) => {
    const made = await orSee(outcome);
    if ('ok' in made || made.status === 200) return made;
    throw new Error(`${made.headers.Location} where a page must follow`);
  };

  return {
    showHome: async (asked) => onlyPage(shop.showHome(requestOf(asked, '/'))),
    showCategory: async (asked) => {
      const { slug } = asked.path;
      const { cursor } = asked.query;
      return orMoved(shop.showCategory(requestOf(asked, categoryHref(slug)), slug, cursor));
    },
    showSearch: async (asked) => {
      const { filters, path } = toFilters(asked.query);
      return orSee(shop.showSearch(requestOf(asked, path), filters, asked.query.cursor));
    },
    findProduct: async (asked) => {
      const { product_id: productId } = asked.path;
      const made = await orMoved(shop.findProduct(requestOf(asked, `/products/${productId}`), productId));
      if ('ok' in made || made.status === 301) return made;
      throw new Error('a page where only its address is asked for');
    },
    showProduct: async (asked) => {
      const { product_id: productId, slug } = asked.path;
      const request = requestOf(asked, `/products/${productId}/${slug}`);
      return orMoved(shop.showProduct(request, productId, slug, asked.query.variant));
    },
    showHeaderPart: async (asked) => {
      const request = requestOf(asked, '/parts/header');
      const visitor = await visitorOf(visited(pages, request));
      return { status: 200, type: 'text/html', body: await render.visitor(visitor, request.visit.language) };
    },
    chooseLanguage: async (asked) => {
      const { language, return_to: returnTo } = asked.body;
      return onlySee(see(ownPath(returnTo), { language }));
    },
    showCart: async (asked) => onlyPage(shop.showCart(requestOf(asked, '/cart'), asked.query.notice)),
    addToCart: async (asked) => {
      const { product_id: productId, variant_id: variantId, quantity } = asked.body;
      const item = { productId, variantId, quantity: Number(quantity) };
      return onlySee(shop.addToCart(requestOf(asked, '/cart'), item));
    },
    changeCartItem: async (asked) => {
      const { quantity = '0', remove } = asked.body;
      const units = remove === undefined ? Number(quantity) : 0;
      return onlySee(shop.changeItem(requestOf(asked, '/cart'), asked.path.item_id, units));
    },
    showCheckout: async (asked) => {
      const request = requestOf(asked, '/checkout');
      return orSee(shop.showCheckout(request, choicesOf(asked.query)));
    },
    placeOrder: async (asked) => {
      const request = requestOf(asked, '/checkout');
      return onlySee(shop.placeOrder(request, toOrder(asked.body)));
    },
    addCheckoutAddress: async (asked) => {
      const request = requestOf(asked, '/checkout/addresses');
      const { body } = asked;
      return orSee(shop.addAddress(request, required(request), toAddress(body), entered(body)));
    },
    enterGuest: async (asked) => {
      const request = requestOf(asked, '/checkout/guest');
      const { body } = asked;
      const draft = { email: body.email, address: toAddress(body) };
      return orSee(shop.enterGuest(request, draft, entered(body)));
    },
    enterCard: async (asked) =>
      onlySee(shop.enterCard(requestOf(asked, '/checkout'), choicesOf(asked.query))),
    showOrder: async (asked) => {
      const { order_id: orderId } = asked.path;
      const request = requestOf(asked, `/orders/${orderId}`);
      const { placed, notice } = asked.query;
      return onlyPage(shop.showOrder(request, orderId, { isNew: placed !== undefined, notice }));
    },
    openOrder: async (asked) => {
      const { order_id: orderId } = asked.path;
      return onlySee(shop.openOrder(requestOf(asked, `/orders/${orderId}`), orderId, asked.body.token));
    },
    cancelOrderByForm: async (asked) => {
      const { order_id: orderId } = asked.path;
      return onlySee(shop.cancelOrder(requestOf(asked, `/orders/${orderId}`), orderId));
    },
    showTracking: async (asked) => onlyPage(shop.showTracking(requestOf(asked, '/track'))),
    trackOrder: async (asked) => {
      const { number, email } = asked.body;
      return onlyPage(shop.track(requestOf(asked, '/track'), number, email));
    },
    showAccount: async (asked) => {
      const request = requestOf(asked, '/account');
      const { cursor, notice } = asked.query;
      return onlyPage(shop.showAccount(request, required(request), cursor, notice));
    },
    showLogin: async (asked) => onlyPage(shop.showLogin(requestOf(asked, '/login'), asked.query.return_to)),
    logInByForm: async (asked) => {
      const { email = '', password = '', challenge = '', code = '', return_to: returnTo } = asked.body;
      return orSee(shop.logIn(requestOf(asked, '/login'), { email, password, challenge, code, returnTo }));
    },
    logOutByForm: async () => onlySee(logOut()),
    showRegistration: async (asked) =>
      onlyPage(shop.showRegistration(requestOf(asked, '/register'), asked.query.return_to)),
    registerByForm: async (asked) => {
      const { email, password, first_name: firstName, last_name: lastName } = asked.body;
      const registration = { email, password, firstName, lastName };
      return orSee(shop.register(requestOf(asked, '/register'), registration, asked.body.return_to));
    },
    getAsset: async ({ path }) => {
      const asset = await render.asset(path.file);
      if (!asset) return refuse('ASSET_NOT_FOUND', 'There is no such file.');
      const { type, body } = asset;
      return { status: 200, type, headers: { 'Cache-Control': FOR_EVER }, body };
    },
    getSitemap: async (asked) => ({
      status: 200,
      type: 'application/xml',
      headers: { 'Cache-Control': REVALIDATED },
      body: await shop.sitemap(requestOf(asked, '/sitemap.xml')),
    }),
    getRobots: async () => ({
      status: 200,
      type: 'text/plain',
      headers: { 'Cache-Control': REVALIDATED },
      body: robots(pages.publicUrl()),
    }),
  };
};
