import type { Handlers } from '#adapters/http/operations.ts';
import { ownPath } from '#kernel/own-path.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/storefront.ts';
import type { makeAddToCart, makeChangeItem, makeShowCart } from '../../core/application/cart.ts';
import type {
  makeAddCheckoutAddress,
  makeEnterCard,
  makeEnterGuest,
  makePlaceOrder,
  makeShowCheckout,
} from '../../core/application/checkout.ts';
import type { OrderAddressPages } from '../../core/application/order-address.ts';
import type { makeShowRecommended } from '../../core/application/show-recommended.ts';
import type { makeShowCollection } from '../../core/application/show-collection.ts';
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
import { see, visited, visitorOf, type Pages } from '../../core/application/visited.ts';
import { categoryHref, collectionHref } from '../../core/domain/links.ts';
import { accountHandlers, type AccountUseCases } from './account-handlers.ts';
import { makeAnswers, requestOf, required, REVALIDATED, type AnswerOptions, NOT_FOUND } from './answers.ts';
import type { StorefrontCode } from './errors.ts';
import { choicesOf, entered, toAddress, toFilters, toOrder, toRecommended, toReturnWish } from './forms.ts';

/** The name of a file contains the hash of its content. */
const FOR_EVER = 'public, max-age=31536000, immutable';

export interface StorefrontUseCases extends AnswerOptions, AccountUseCases {
  readonly pages: Pages;
  readonly showRecommended: ReturnType<typeof makeShowRecommended>;
  readonly showHome: ReturnType<typeof makeShowHome>;
  readonly showCategory: ReturnType<typeof makeShowCategory>;
  readonly showCollection: ReturnType<typeof makeShowCollection>;
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
  readonly orderAddress: OrderAddressPages;
  readonly sitemap: ReturnType<typeof makeSitemap>;
}

export const makeHandlers = (shop: StorefrontUseCases): Handlers<operations, StorefrontCode> => {
  const { render, pages } = shop;
  const answers = makeAnswers(shop);
  const { orMoved, orSee, onlySee, onlyPage } = answers;

  return {
    showHome: async (asked) => onlyPage(shop.showHome(requestOf(asked, '/'))),
    showCategory: async (asked) => {
      const { slug } = asked.path;
      const { cursor } = asked.query;
      return orMoved(shop.showCategory(requestOf(asked, categoryHref(slug)), slug, cursor));
    },
    showCollection: async (asked) => {
      const { slug } = asked.path;
      const { cursor } = asked.query;
      return orMoved(shop.showCollection(requestOf(asked, collectionHref(slug)), slug, cursor));
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
    showOwnReviewPart: async (asked) => {
      const { product_id: productId } = asked.path;
      const request = requestOf(asked, `/products/${productId}`);
      const review = await shop.reviews.ownOf(request, productId);
      const body = review ? await render.ownReview(review, request.visit.language) : '';
      return { status: 200, type: 'text/html', body };
    },
    showShelfPart: async (asked) => {
      const { list: name, product: about, item } = asked.query;
      const request = requestOf(asked, '/parts/shelf');
      const shelf = await shop.showRecommended(request, { name, about, items: item.map(toRecommended) });
      return { status: 200, type: 'text/html', body: await render.shelf(shelf, request.visit.language) };
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
      const { placed, notice, exchange: returnId, payment_token: paymentToken, card } = asked.query;
      const entered =
        returnId === undefined || paymentToken === undefined ? undefined : { returnId, paymentToken, card };
      const shown = { isNew: placed !== undefined, notice, card: entered };
      return onlyPage(shop.showOrder(request, orderId, shown));
    },
    showInvoice: async (asked) => {
      const { order_id: orderId } = asked.path;
      const invoice = await visited(pages, requestOf(asked, `/orders/${orderId}`)).shop.invoice(orderId);
      if (!invoice) return NOT_FOUND;
      const headers = { 'Content-Disposition': 'attachment; filename="invoice.pdf"' };
      return { status: 200, headers, type: 'application/pdf', body: invoice };
    },
    showCreditNote: async (asked) => {
      const { order_id: orderId, number } = asked.path;
      const { shop: api } = visited(pages, requestOf(asked, `/orders/${orderId}`));
      const note = await api.creditNote(orderId, number);
      if (!note) return NOT_FOUND;
      const headers = { 'Content-Disposition': `attachment; filename="${number}.pdf"` };
      return { status: 200, headers, type: 'application/pdf', body: note };
    },
    showOrderAddress: async (asked) => {
      const { order_id: orderId } = asked.path;
      return orSee(shop.orderAddress.show(requestOf(asked, `/orders/${orderId}/address`), orderId));
    },
    changeOrderAddressByForm: async (asked) => {
      const { order_id: orderId } = asked.path;
      const { version, ...form } = asked.body;
      const request = requestOf(asked, `/orders/${orderId}/address`);
      const change = { version: Number(version), address: toAddress(form), entered: entered(form) };
      return orSee(shop.orderAddress.change(request, orderId, change));
    },
    showReturnLabel: async (asked) => {
      const { order_id: orderId, return_id: returnId } = asked.path;
      const { shop: api } = visited(pages, requestOf(asked, `/orders/${orderId}`));
      const label = await api.returnLabel(orderId, returnId);
      if (!label) return NOT_FOUND;
      const headers = { 'Content-Disposition': 'attachment; filename="return-label.pdf"' };
      return { status: 200, headers, type: 'application/pdf', body: label };
    },
    openOrder: async (asked) => {
      const { order_id: orderId } = asked.path;
      return onlySee(shop.openOrder(requestOf(asked, `/orders/${orderId}`), orderId, asked.body.token));
    },
    cancelOrderByForm: async (asked) => {
      const { order_id: orderId } = asked.path;
      return onlySee(shop.cancelOrder(requestOf(asked, `/orders/${orderId}`), orderId));
    },
    requestReturnByForm: async (asked) => {
      const { order_id: orderId } = asked.path;
      const request = requestOf(asked, `/orders/${orderId}`);
      return onlySee(shop.returns.request(request, orderId, toReturnWish(asked.body)));
    },
    cancelReturnByForm: async (asked) => {
      const { order_id: orderId, return_id: returnId } = asked.path;
      return onlySee(shop.returns.cancel(requestOf(asked, `/orders/${orderId}`), orderId, returnId));
    },
    enterExchangeCard: async (asked) => {
      const { order_id: orderId, return_id: returnId } = asked.path;
      return onlySee(shop.returns.enterCard(requestOf(asked, `/orders/${orderId}`), orderId, returnId));
    },
    payExchangeByForm: async (asked) => {
      const { order_id: orderId, return_id: returnId } = asked.path;
      const { payment_token: paymentToken, expected_total: expectedTotal, currency } = asked.body;
      const payment = { paymentToken, expectedTotal, currency };
      return onlySee(shop.returns.pay(requestOf(asked, `/orders/${orderId}`), orderId, returnId, payment));
    },
    showTracking: async (asked) => onlyPage(shop.showTracking(requestOf(asked, '/track'))),
    trackOrder: async (asked) => {
      const { number, email } = asked.body;
      return onlyPage(shop.track(requestOf(asked, '/track'), number, email));
    },
    ...accountHandlers(shop, answers),
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
    getManifest: async (asked) => ({
      status: 200,
      type: 'application/manifest+json',
      headers: { 'Cache-Control': REVALIDATED },
      body: await render.manifest(requestOf(asked, '/manifest.webmanifest').visit.language),
    }),
    getRobots: async () => ({
      status: 200,
      type: 'text/plain',
      headers: { 'Cache-Control': REVALIDATED },
      body: robots(pages.publicUrl()),
    }),
  };
};
