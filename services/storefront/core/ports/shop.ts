import type { Money } from '#kernel/money.ts';
import type { Result } from '#kernel/result.ts';
import type { Account } from './account.ts';
import type { Opinions } from './opinions.ts';
import type { Order, OrdersOfShop } from './orders.ts';
import type { ReturnsOfShop } from './returns.ts';
import type { AddressFields, Language, Refused } from './values.ts';

export type { Order, OrderDocument, OrderStatus, Progress } from './orders.ts';
export type { Address, AddressFields, Language, Refused } from './values.ts';

/** The shop's API, called for one visit. A read returns undefined for what does not exist. */
export interface Shop extends Account, Opinions, OrdersOfShop, ReturnsOfShop {
  categories(): Promise<readonly Category[]>;
  category(slug: string): Promise<CategoryDetail | undefined>;
  /** The published ones, newest first; no more than one page. */
  collections(): Promise<readonly Collection[]>;
  /** By its slug or ID. */
  collection(slug: string): Promise<Collection | undefined>;
  /** The products of a published collection, page by page. */
  productsIn(collection: string, cursor: string | undefined): Promise<ListedPage | undefined>;
  search(search: Search): Promise<Found>;
  product(productId: string): Promise<Product | undefined>;
  /** Products that staff has related to it. */
  related(productId: string): Promise<readonly Listed[]>;
  /** Products of the same category, the most sold first, without itself; none if they are unknown. */
  similar(productId: string, categoryId: string): Promise<readonly Listed[]>;
  /** Available units by variant; undefined if they are unknown. */
  stock(productId: string): Promise<ReadonlyMap<string, number> | undefined>;
  reviews(productId: string): Promise<Reviews>;
  /** All products, page by page, for the sitemap. */
  products(cursor: string | undefined): Promise<ListedPage>;

  cart(cartId: string): Promise<Cart>;
  newGuestCart(): Promise<GuestCart>;
  addToCart(cartId: string, item: NewItem): Promise<Result<Cart, Refused>>;
  /** Removes the item if the quantity is 0. */
  changeItem(cartId: string, itemId: string, quantity: number): Promise<Result<Cart, Refused>>;
  mergeCart(userId: string, guestToken: string): Promise<Result<Cart, Refused>>;

  logIn(email: string, password: string): Promise<Result<Grant, Refused>>;
  proveFactor(challenge: string, code: string): Promise<Result<Grant, Refused>>;
  register(registration: Registration): Promise<Result<undefined, Refused>>;

  /** Of the cart of the customer or guest. */
  quote(address: AddressFields): Promise<Result<Quote, Refused>>;
  /** Repeating the same order, with the same payment token, returns the order that was placed. */
  placeOrder(order: NewOrder): Promise<Result<PlacedOrder, Refused>>;
}

/** Opens the shop's API for a visit. */
export type ShopFor = (visit: Visit) => Shop;

/** Who visits, as the gateway says it. */
export interface Visit {
  readonly language: Language;
  /** Whether users log in at an OIDC provider. */
  readonly hasProvider: boolean;
  /** Whether the customer has logged in there: name, addresses, cards and logins are then not kept by the shop. */
  readonly isOfProvider: boolean;
  /** Of the address that the visitor uses, such as `https://shop.example`; undefined for pages that all visitors share. */
  readonly origin: string | undefined;
  /** Access token of a signed-in customer. */
  readonly token: string | undefined;
  readonly guestCart: GuestCart | undefined;
  /** Tokens of orders without an account, each of which begins with the ID of its order. */
  readonly orderTokens: readonly string[];
  /** What a guest has entered at the checkout; undefined before, and for customers. */
  readonly draft: Draft | undefined;
  /** Shows the gateway for whose request it is called. */
  readonly pass: string | undefined;
  readonly deviceToken: string | undefined;
  readonly userAgent: string | undefined;
}

export interface Category {
  readonly categoryId: string;
  readonly slug: string;
  readonly name: string;
  readonly count: number;
  readonly picture: string | undefined;
  readonly children: readonly Category[];
}

export interface CategoryDetail {
  readonly categoryId: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly above: readonly { readonly slug: string; readonly name: string }[];
}

export interface Collection {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly picture: { readonly url: string; readonly alt: string } | undefined;
  /** For search engines, where it is not the name. */
  readonly title: string | undefined;
  /** For search engines, where it is not the description. */
  readonly summary: string | undefined;
}

export interface Search {
  readonly query: string;
  readonly categoryId: string | undefined;
  readonly brands: readonly string[];
  /** `name:value` */
  readonly attributes: readonly string[];
  readonly minPrice: number | undefined;
  readonly maxPrice: number | undefined;
  readonly rating: number | undefined;
  readonly isInStockOnly: boolean;
  readonly sort: string;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly withFacets: boolean;
}

/** A product in a list. */
export interface Listed {
  readonly productId: string;
  readonly name: string;
  readonly brand: string;
  readonly image: string | undefined;
  readonly from: Money;
  /** Undefined if it is unknown. */
  readonly to: Money | undefined;
  readonly regular: Money | undefined;
  readonly isInStock: boolean;
  readonly rating: { readonly average: number; readonly count: number } | undefined;
}

export interface ListedPage {
  readonly items: readonly Listed[];
  readonly next: string | undefined;
}

export interface Found {
  readonly items: readonly Listed[];
  readonly total: number;
  readonly match: 'exact' | 'corrected' | 'partial';
  /** A page of this shop to show instead. */
  readonly redirect: string | undefined;
  readonly facets: Facets | undefined;
  readonly next: string | undefined;
}

export interface Count {
  readonly value: string;
  readonly count: number;
}

export interface Facets {
  readonly categories: readonly Count[];
  readonly brands: readonly Count[];
  readonly attributes: readonly { readonly name: string; readonly values: readonly Count[] }[];
  readonly ratings: readonly { readonly atLeast: number; readonly count: number }[];
  readonly price: { readonly min: number; readonly max: number } | undefined;
}

export interface Product {
  readonly productId: string;
  readonly name: string;
  readonly slug: string | undefined;
  readonly title: string | undefined;
  readonly summary: string | undefined;
  readonly description: string;
  readonly brand: string;
  readonly categoryId: string | undefined;
  readonly specifications: Readonly<Record<string, string>>;
  readonly variants: readonly Variant[];
}

export interface Variant {
  readonly variantId: string;
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly price: Money;
  readonly regular: Money | undefined;
  readonly pictures: readonly { readonly url: string; readonly alt: string }[];
}

export interface Reviews {
  readonly average: number;
  readonly count: number;
  /** How many have one, two, three, four and five stars. */
  readonly histogram: readonly number[];
  readonly items: readonly Review[];
}

export interface Review {
  readonly stars: number;
  readonly title: string;
  readonly text: string;
  readonly author: string;
  readonly at: Date;
  readonly isVerified: boolean;
  readonly reply: string | undefined;
  readonly media: readonly {
    /** Of the large picture, or of the video. */
    readonly url: string;
    /** Of a picture. */
    readonly thumbnail: string | undefined;
  }[];
}

export interface GuestCart {
  readonly id: string;
  readonly token: string;
}

export interface NewItem {
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
}

export interface Cart {
  readonly version: number;
  readonly items: readonly {
    readonly itemId: string;
    readonly productId: string;
    readonly variantId: string;
    readonly name: string;
    readonly image: string | undefined;
    readonly quantity: number;
    readonly price: Money;
    readonly total: Money;
    readonly isAvailable: boolean;
  }[];
  /** Undefined while it is empty. */
  readonly subtotal: Money | undefined;
}

/** The tokens of a login, for the gateway; never shown. */
export interface Grant {
  readonly userId: string;
  readonly accessToken: string;
  /** As the gateway takes it. */
  readonly sealed: object;
}

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** The address and mail address of a guest. */
export interface Draft {
  readonly email: string;
  readonly address: AddressFields;
}

export interface Quote {
  readonly cartVersion: number;
  readonly currency: string;
  readonly pricesIncludeTax: boolean;
  readonly items: readonly {
    readonly itemId: string;
    readonly name: string;
    readonly quantity: number;
    readonly total: Money;
  }[];
  readonly issues: readonly { readonly itemId: string; readonly available: number }[];
  readonly subtotal: Money;
  readonly options: readonly DeliveryOption[];
  /** Holds the prices for some minutes. */
  readonly token: string | undefined;
}

export interface DeliveryOption {
  readonly optionId: string;
  readonly carrier: string;
  readonly service: string;
  readonly price: Money;
  readonly tax: Money;
  readonly total: Money;
  /** `2026-03-04` */
  readonly expected: string;
}

export interface NewOrder {
  readonly cartVersion: number;
  readonly address: AddressFields;
  readonly optionId: string;
  readonly total: Money;
  readonly quoteToken: string | undefined;
  readonly paymentToken: string | undefined;
  /** Of a guest, who is called as the recipient. */
  readonly email: string | undefined;
}

export interface PlacedOrder extends Order {
  /** Gives access to the order of a guest. */
  readonly token: string | undefined;
}
