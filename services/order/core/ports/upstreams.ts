import type { Money } from '#kernel/money.ts';
import type { Refusal, Result } from '#kernel/result.ts';
import type { Address } from '../domain/order.ts';

/** A shopper's cart as the cart service keeps it. */
export interface Cart {
  readonly cartId: string;
  readonly version: number;
  /** Of all its prices. */
  readonly currency: string;
  readonly items: readonly CartItem[];
}

export interface CartItem {
  readonly itemId: string;
  /** As it was when it was put in. */
  readonly sku: string;
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
}

export interface Carts {
  /** `userId`'s own cart, empty when there is none. */
  ofUser(userId: string): Promise<Cart>;
}

/** What a variant is called and costs right now. */
export interface Offer {
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly price: Money;
}

export interface Offers {
  /** By variant; those that are not sold any more are missing. */
  of(variantIds: readonly string[]): Promise<ReadonlyMap<string, Offer>>;
}

export interface Stock {
  /** Units that can be bought, by variant; those that nobody could tell of right now are missing. */
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
  /** Ways to send so many items there; none when nobody delivers there. */
  quote(address: Address, itemCount: number, currency: string): Promise<readonly ShippingOption[]>;
}

export interface TaxRules {
  /** In thousandths of a percent: 19_000 is 19 %. Undefined where there is no rule, so that nothing can be sold there. */
  rateFor(where: Pick<Address, 'country' | 'region'>): number | undefined;
  /** Whether prices of that currency are listed with tax, for orders to that country. */
  areGross(currency: string, country: string): boolean;
}

/** Orders to the payment service; each may be given again. */
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
