import type { Money } from '#kernel/money.ts';
import type { Refusal, Result } from '#kernel/result.ts';
import type { Address } from '../domain/order.ts';

/** Whose cart it is: a user's, or that of the guest who has its token. */
export type CartOwner = { readonly userId: string } | { readonly cartId: string; readonly cartToken: string };

/** A customer's cart, as stored by the cart service. */
export interface Cart {
  readonly cartId: string;
  readonly version: number;
  /** Currency of all prices. */
  readonly currency: string;
  readonly items: readonly CartItem[];
}

export interface CartItem {
  readonly itemId: string;
  readonly sku: string;
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
}

export interface Carts {
  /** The cart of `userId`; empty if there is none. */
  ofUser(userId: string): Promise<Cart>;
  /** A guest's cart, empty if there is none; undefined if it has another token. */
  ofGuest(cartId: string, token: string): Promise<Cart | undefined>;
}

/** Current name and price of a variant. */
export interface Offer {
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly price: Money;
}

export interface OfferOfProduct extends Offer {
  readonly productId: string;
}

export interface Offers {
  /** By variant, priced in the currency if there is such a price; variants that are not on sale are missing. */
  of(variantIds: readonly string[], currency: string): Promise<ReadonlyMap<string, OfferOfProduct>>;
}

export interface Stock {
  /** Available units by variant; variants whose stock is unknown are missing. */
  available(variantIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export interface ShippingOption {
  readonly optionId: string;
  readonly carrier: string;
  readonly service: string;
  readonly price: Money;
  /** ISO date. */
  readonly estimatedDelivery: string;
}

export interface ShippingQuotes {
  /** Shipping options for the number of items; empty if no carrier delivers there. */
  quote(address: Address, itemCount: number, currency: string): Promise<readonly ShippingOption[]>;
}

/** Labels with which customers send goods back. */
export interface ReturnLabels {
  /** As PDF, the same for the same return; undefined if its carrier is no longer there. */
  print(label: ReturnLabel): Promise<Uint8Array | undefined>;
}

export interface ReturnLabel {
  readonly returnId: string;
  readonly number: string;
  readonly optionId: string;
  readonly from: Address;
  /** Lines; undefined for the sender of the shop's parcels. */
  readonly to: readonly string[] | undefined;
  readonly itemCount: number;
}

/** Why a saved payment method cannot pay. */
export type UnusableMethod = Refusal<
  'PAYMENT_METHOD_NOT_FOUND' | 'PAYMENT_METHOD_EXPIRED' | 'PAYMENT_METHOD_REFUSED'
>;

export interface PaymentMethods {
  /** A single-use payment token for a saved payment method of the user. */
  tokenOf(userId: string, paymentMethodId: string): Promise<Result<string, UnusableMethod>>;
}

export interface TaxRules {
  /** In thousandths of a percent: 19_000 is 19 %. Undefined without a rule, so nothing can be sold there. */
  rateFor(where: Pick<Address, 'country' | 'region'>): number | undefined;
  /** Whether prices in that currency include tax, for orders to that country. */
  areGross(currency: string, country: string): boolean;
}

/** Commands to the payment service; safe to repeat. */
export interface PaymentCommands {
  capture(orderId: string): Promise<Result<undefined, Refusal>>;
  refund(refund: RefundOrder): Promise<Result<undefined, Refusal>>;
}

export interface RefundOrder {
  readonly orderId: string;
  readonly refundKey: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reason: string;
}
