import { createHash } from 'node:crypto';
import { currentCause } from '#adapters/context/cause.ts';
import { createShopClient, dataOf, type Schemas, type ShopClient } from '#client/index.ts';
import { toDecimal } from '#kernel/money.ts';
import type { Grant, NewOrder, Shop, ShopFor, Visit } from '../../core/ports/shop.ts';
import { accountOf } from './account.api.ts';
import {
  fromAddress,
  fromSummary,
  toCart,
  toCategories,
  toCategoryDetail,
  toCollection,
  toFound,
  toOrder,
  toProduct,
  toQuery,
  toQuote,
  toReviews,
} from './mapping.ts';
import { opinionsOf } from './opinions.api.ts';
import { ordersOf } from './orders.api.ts';
import { answered, decided, found } from './refusals.ts';
import { returnsOf } from './returns.api.ts';

export interface ApiShopOptions {
  /** The gateway's address. */
  readonly baseUrl: () => string;
  /** Of each call, milliseconds. */
  readonly timeoutMs: number;
}

/** Only what may be repeated is tried again, and soon: a visitor waits. */
const RETRIES = { attempts: 2, firstMs: 50, mostMs: 1_000 };

/** Of an export, milliseconds: what the gateway grants it. */
const EXPORT_MS = 300_000;

const REVIEWS_PER_PAGE = 10;
const SIMILAR = 4;
/** Products on the page of a collection. */
const PER_PAGE = 24;

const given = (headers: Readonly<Record<string, string | undefined>>): readonly [string, string][] =>
  Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined);

/** The gateway's API, with the credentials of the visitor. */
const clientFor = ({ baseUrl, timeoutMs }: ApiShopOptions, visit: Visit): ShopClient => {
  const { token, guestCart, pass, userAgent } = visit;
  const cause = currentCause();
  const headers = given({
    authorization: token === undefined ? undefined : `Bearer ${token}`,
    'x-cart-token': guestCart?.token,
    'page-pass': pass,
    'user-agent': userAgent,
    'x-correlation-id': cause?.correlationId,
    traceparent: cause?.traceparent,
  });
  return createShopClient({
    baseUrl: baseUrl(),
    retries: RETRIES,
    fetch: (request) => {
      for (const [name, value] of headers) request.headers.set(name, value);
      return fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]) });
    },
  });
};

/** The same for the same order, so that a form that is sent twice is one order. */
const keyOf = (order: NewOrder): string =>
  createHash('sha256').update(JSON.stringify(order)).digest('base64url');

const toGrant = (grant: Schemas['Grant']): Grant => ({
  userId: grant.user.user_id,
  accessToken: grant.access_token,
  sealed: {
    access_token: grant.access_token,
    expires_in: grant.expires_in,
    refresh_token: grant.refresh_token,
    ...(grant.device_token === undefined ? {} : { device_token: grant.device_token }),
  },
});

/** A guest has no cart but this one. */
const ofGuest = ({ token, guestCart }: Visit): { readonly cart_id?: string } =>
  token === undefined && guestCart ? { cart_id: guestCart.id } : {};

const fromOrder = (order: NewOrder, visit: Visit): Schemas['OrderInput'] => ({
  cart_version: order.cartVersion,
  shipping_address: fromAddress(order.address),
  shipping_option_id: order.optionId,
  expected_total: toDecimal(order.total),
  currency: order.total.currency,
  ...(order.quoteToken === undefined ? {} : { quote_token: order.quoteToken }),
  ...(order.paymentToken === undefined ? {} : { payment_token: order.paymentToken }),
  ...ofGuest(visit),
  ...(order.email === undefined ? {} : { customer: { email: order.email, name: order.address.recipient } }),
});

export const makeApiShop =
  (options: ApiShopOptions): ShopFor =>
  (visit) =>
    shopOf(clientFor(options, visit), visit, clientFor({ ...options, timeoutMs: EXPORT_MS }, visit));

/** @param patient for what takes long to send */
const shopOf = (api: ShopClient, visit: Visit, patient: ShopClient): Shop => {
  const { deviceToken } = visit;
  const device = deviceToken === undefined ? {} : { 'Device-Token': deviceToken };
  const ofCart = (cartId: string) => ({ path: { user_id: cartId } });
  return {
    categories: async () => toCategories((await answered(dataOf(api.GET('/api/v1/categories')))).items),
    category: async (category) => {
      const params = { path: { category } };
      const detail = await found(dataOf(api.GET('/api/v1/categories/{category}', { params })));
      return detail && toCategoryDetail(detail);
    },
    collections: async () => {
      const params = { query: { limit: 100 } };
      return (await answered(dataOf(api.GET('/api/v1/collections', { params })))).items.map(toCollection);
    },
    collection: async (collection) => {
      const params = { path: { collection } };
      const one = await found(dataOf(api.GET('/api/v1/collections/{collection}', { params })));
      return one && toCollection(one);
    },
    productsIn: async (collection, cursor) => {
      const params = {
        path: { collection },
        query: { limit: PER_PAGE, ...(cursor === undefined ? {} : { cursor }) },
      };
      const page = await found(dataOf(api.GET('/api/v1/collections/{collection}/products', { params })));
      return page && { items: page.items.map(fromSummary), next: page.next_cursor };
    },
    search: async (search) =>
      toFound(await answered(dataOf(api.GET('/api/v1/search', { params: { query: toQuery(search) } })))),
    product: async (productId) => {
      const params = { path: { product_id: productId } };
      const product = await found(dataOf(api.GET('/api/v1/products/{product_id}', { params })));
      return product && toProduct(product);
    },
    related: async (productId) => {
      const params = { path: { product_id: productId } };
      const page = await found(dataOf(api.GET('/api/v1/products/{product_id}/related', { params })));
      return (page?.items ?? []).map(fromSummary);
    },
    similar: async (productId, categoryId) => {
      const query = {
        category_id: [categoryId],
        sort: 'best_selling' as const,
        limit: SIMILAR + 1,
        facets: false,
      };
      try {
        const page = toFound(await dataOf(api.GET('/api/v1/search', { params: { query } })));
        return page.items.filter((one) => one.productId !== productId).slice(0, SIMILAR);
      } catch {
        return []; // the page shows the rest
      }
    },
    stock: async (productId) => {
      const params = { path: { product_id: productId } };
      try {
        const { items } = await dataOf(api.GET('/api/v1/inventory/{product_id}', { params }));
        return new Map(items.map(({ variant_id: variantId, available }) => [variantId, available]));
      } catch {
        return undefined; // the page shows the rest
      }
    },
    reviews: async (productId) => {
      const params = { path: { product_id: productId }, query: { limit: REVIEWS_PER_PAGE } };
      try {
        return toReviews(await dataOf(api.GET('/api/v1/products/{product_id}/reviews', { params })));
      } catch {
        return { average: 0, count: 0, histogram: [0, 0, 0, 0, 0], items: [] }; // the page shows the rest
      }
    },
    products: async (cursor) => {
      const query = { limit: 100, sort: 'name' as const, ...(cursor === undefined ? {} : { cursor }) };
      const page = await answered(dataOf(api.GET('/api/v1/products', { params: { query } })));
      return { items: page.items.map(fromSummary), next: page.next_cursor };
    },

    cart: async (cartId) =>
      toCart(await answered(dataOf(api.GET('/api/v1/cart/{user_id}', { params: ofCart(cartId) })))),
    newGuestCart: async () => {
      const { cart_id: id, cart_token: token } = await answered(dataOf(api.POST('/api/v1/carts')));
      return { id, token };
    },
    addToCart: async (cartId, { productId, variantId, quantity }) => {
      const body = { product_id: productId, variant_id: variantId, quantity };
      const added = api.POST('/api/v1/cart/{user_id}/items', { params: ofCart(cartId), body });
      return decided(dataOf(added).then(toCart));
    },
    changeItem: async (cartId, itemId, quantity) => {
      const params = { path: { user_id: cartId, item_id: itemId } };
      const path = '/api/v1/cart/{user_id}/items/{item_id}';
      const changed =
        quantity === 0 ? api.DELETE(path, { params }) : api.PUT(path, { params, body: { quantity } });
      return decided(dataOf<{ data?: Schemas['Cart'] }>(changed).then(toCart));
    },
    mergeCart: async (userId, guestToken) => {
      const body = { cart_token: guestToken };
      const merged = api.POST('/api/v1/cart/{user_id}/merge', { params: ofCart(userId), body });
      return decided(dataOf(merged).then(toCart));
    },

    logIn: async (email, password) => {
      const granted = api.POST('/api/v1/auth/login', {
        params: { header: device },
        body: { email, password },
      });
      return decided(dataOf(granted).then(toGrant));
    },
    proveFactor: async (challenge, code) => {
      const granted = api.POST('/api/v1/auth/second-factor', {
        params: { header: device },
        body: { challenge, code },
      });
      return decided(dataOf(granted).then(toGrant));
    },
    register: async ({ email, password, firstName, lastName }) => {
      const body = Object.fromEntries([['email', email], ['password', password], ['first_name', firstName], ['last_name', lastName]]) as Schemas['Registration']; // prettier-ignore
      return decided(dataOf(api.POST('/api/v1/users', { body })).then(() => undefined));
    },

    quote: async (address) => {
      const body = { shipping_address: fromAddress(address), ...ofGuest(visit) };
      const quoted = api.POST('/api/v1/checkout/quote', { body });
      return decided(dataOf(quoted).then(toQuote));
    },
    placeOrder: async (order) => {
      const params = { header: { 'Idempotency-Key': keyOf(order) } };
      const placed = api.POST('/api/v1/orders', { params, body: fromOrder(order, visit) });
      return decided(dataOf(placed).then((one) => ({ ...toOrder(one), token: one.order_token })));
    },

    ...accountOf(api, patient, device),
    ...opinionsOf(api, patient, visit.language),
    ...ordersOf(api, visit),
    ...returnsOf(api, visit),
  };
};
