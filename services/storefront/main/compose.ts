import type { Composition, Toolbox } from '#adapters/service/module.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { makeBuiltPages } from '../adapters/render/built-pages.ts';
import { makeApiShop } from '../adapters/shop/shop.api.ts';
import {
  makeLogIn,
  makeRegister,
  makeShowAccount,
  makeShowLogin,
  makeShowRegistration,
} from '../core/application/account.ts';
import { makeAccountLists } from '../core/application/account-lists.ts';
import { makeAddressBook } from '../core/application/address-book.ts';
import { makeAddToCart, makeChangeItem, makeShowCart } from '../core/application/cart.ts';
import {
  makeAddCheckoutAddress,
  makeEnterCard,
  makeEnterGuest,
  makePlaceOrder,
  makeShowCheckout,
} from '../core/application/checkout.ts';
import { makeMailedLinks } from '../core/application/mailed-links.ts';
import { makeOrderAddressPages } from '../core/application/order-address.ts';
import { makeQuestionPages } from '../core/application/questions.ts';
import { makeReviewPages } from '../core/application/reviews.ts';
import { makeReturnPages } from '../core/application/returns.ts';
import { makePrivacy } from '../core/application/privacy.ts';
import { makeProfilePages } from '../core/application/profile.ts';
import { makeShowCollection } from '../core/application/show-collection.ts';
import { makeShowHome } from '../core/application/show-home.ts';
import { makeShowRecommended } from '../core/application/show-recommended.ts';
import { makeShowCategory, makeShowSearch } from '../core/application/show-listing.ts';
import {
  makeCancelOrder,
  makeOpenOrder,
  makeShowOrder,
  makeShowTracking,
  makeTrack,
} from '../core/application/show-order.ts';
import { makeFindProduct, makeShowProduct } from '../core/application/show-product.ts';
import { makeSitemap } from '../core/application/sitemap.ts';
import { makeStepUpPages } from '../core/application/step-up.ts';
import { makeWishList } from '../core/application/wish-list.ts';
import type { Pages } from '../core/application/visited.ts';
import type { Render } from '../core/ports/render.ts';
import type { ShopFor } from '../core/ports/shop.ts';
import { readSettings } from './settings.ts';

const GATEWAY = 'gateway';
const MOCK_GATEWAY = 'mock-gateway';

/** Ports that a test may replace. */
export interface Replaced {
  readonly render?: Render;
  readonly shopFor?: ShopFor;
}

export const compose = ({ env, addresses }: Toolbox, replaced: Replaced = {}): Composition => {
  const settings = readSettings(env);
  const shopFor =
    replaced.shopFor ??
    makeApiShop({ baseUrl: () => addresses.of(GATEWAY), timeoutMs: settings.STOREFRONT_API_TIMEOUT_MS });
  const pages: Pages = {
    shopFor,
    publicUrl: () => (settings.STOREFRONT_PUBLIC_URL ?? addresses.of(GATEWAY)).replace(/\/$/, ''),
  };
  const paymentUrl = (): string =>
    (settings.STOREFRONT_PAYMENT_URL ?? addresses.of(MOCK_GATEWAY)).replace(/\/$/, '');
  const checkout = { countries: settings.STOREFRONT_COUNTRIES, paymentUrl };
  const handlers = makeHandlers({
    pages,
    render: replaced.render ?? makeBuiltPages(),
    paymentOrigin: () => new URL(paymentUrl()).origin,
    mediaOrigins: settings.MEDIA_PUBLIC_URL === undefined ? [] : [settings.MEDIA_PUBLIC_URL],
    showRecommended: makeShowRecommended(pages),
    showHome: makeShowHome(pages),
    showCategory: makeShowCategory(pages),
    showCollection: makeShowCollection(pages),
    showSearch: makeShowSearch(pages),
    findProduct: makeFindProduct(pages),
    showProduct: makeShowProduct(pages),
    showCart: makeShowCart(pages),
    addToCart: makeAddToCart(pages),
    changeItem: makeChangeItem(pages),
    showCheckout: makeShowCheckout(pages, checkout),
    addAddress: makeAddCheckoutAddress(pages, checkout),
    enterGuest: makeEnterGuest(pages, checkout),
    enterCard: makeEnterCard(checkout),
    placeOrder: makePlaceOrder(pages),
    showOrder: makeShowOrder(pages),
    openOrder: makeOpenOrder(pages),
    cancelOrder: makeCancelOrder(pages),
    orderAddress: makeOrderAddressPages(pages, checkout),
    showTracking: makeShowTracking(pages),
    track: makeTrack(pages),
    showAccount: makeShowAccount(pages),
    showLogin: makeShowLogin(pages),
    logIn: makeLogIn(pages),
    showRegistration: makeShowRegistration(pages),
    register: makeRegister(pages),
    mailedLinks: makeMailedLinks(pages),
    stepUp: makeStepUpPages(pages),
    profile: makeProfilePages(pages),
    addressBook: makeAddressBook(pages, checkout),
    accountLists: makeAccountLists(pages),
    wishList: makeWishList(pages),
    privacy: makePrivacy(pages),
    questions: makeQuestionPages(pages),
    reviews: makeReviewPages(pages),
    returns: makeReturnPages(pages, checkout),
    sitemap: makeSitemap(pages),
  });
  return { handlers, errors };
};
