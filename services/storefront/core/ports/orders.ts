import type { Money } from '#kernel/money.ts';
import type { Result } from '#kernel/result.ts';
import type { AddressFields, Refused } from './values.ts';

/** What customers, and guests with the token of an order, see of orders that were placed, and do about them. */
export interface OrdersOfShop {
  /** Undefined also for those who may not see it. */
  order(orderId: string): Promise<Order | undefined>;
  /** @param reference the number of the order */
  track(reference: string, email: string): Promise<Progress | undefined>;
  /** Of which there are files: the invoice, then credit notes, oldest first. None of an order that the visitor may not see. */
  documents(orderId: string): Promise<readonly OrderDocument[]>;
  /** As PDF; undefined also for those who may not see it. */
  invoice(orderId: string): Promise<Uint8Array | undefined>;
  /** As PDF; undefined also for those who may not see it. */
  creditNote(orderId: string, number: string): Promise<Uint8Array | undefined>;
  cancelOrder(orderId: string): Promise<Result<Order, Refused>>;
  /**
   * Corrects where the order goes. Returns the order, with the address or with the request for it.
   * @param version that the customer has seen
   */
  changeOrderAddress(
    orderId: string,
    version: number,
    address: AddressFields,
  ): Promise<Result<Order, Refused>>;
  orders(userId: string, cursor: string | undefined): Promise<OrderList>;
}

export type OrderStatus =
  'pending' | 'confirmed' | 'shipped' | 'delivered' | 'cancelled' | 'lost' | 'returned' | 'refunded';

/** Of an order, for those who know its number and address: nothing about goods and people. */
export interface Progress {
  readonly status: OrderStatus;
  readonly steps: readonly { readonly status: OrderStatus; readonly at: Date }[];
  readonly carrier: string | undefined;
  readonly trackingNumber: string | undefined;
  readonly expected: string | undefined;
  readonly placedAt: Date;
}

export interface Order {
  readonly orderId: string;
  /** By which people name it. */
  readonly number: string;
  /** Of what it shows: a change is refused if the order has another one meanwhile. */
  readonly version: number;
  readonly canCancel: boolean;
  readonly canChangeAddress: boolean;
  /** What can be sent back; undefined if nothing can. */
  readonly returnable: Returnable | undefined;
  readonly status: OrderStatus;
  readonly items: readonly {
    readonly productId: string;
    readonly variantId: string;
    readonly name: string;
    readonly quantity: number;
    readonly total: Money;
  }[];
  readonly subtotal: Money;
  readonly delivery: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly refunded: Money;
  readonly pricesIncludeTax: boolean;
  readonly carrier: string;
  readonly trackingNumber: string | undefined;
  readonly expected: string | undefined;
  readonly card: string | undefined;
  readonly address: AddressFields;
  /** Where the parcel is to go instead, while it is not decided whether it still can. */
  readonly requestedAddress: AddressFields | undefined;
  readonly timeline: readonly { readonly status: OrderStatus; readonly at: Date; readonly detail: string }[];
  readonly placedAt: Date;
}

export interface Returnable {
  readonly until: Date;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
}

/** The invoice of an order, or the credit note of a refund. */
export interface OrderDocument {
  readonly kind: 'invoice' | 'credit_note';
  readonly number: string;
  readonly issuedAt: Date;
  readonly amount: Money;
}

export interface OrderList {
  readonly items: readonly Order[];
  readonly next: string | undefined;
}
