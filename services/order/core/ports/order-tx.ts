import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { Order } from '../domain/order.ts';

/** The order service's unit of work. */
export interface OrderTx extends BaseTx {
  readonly orders: OrderRepository;
}

/** Histories of orders, with projections for reading that change in the same unit. */
export interface OrderRepository {
  /** The orders that exist, as their histories tell them. */
  load(orderIds: readonly string[]): Promise<ReadonlyMap<string, VersionedOrder>>;
  /** The order as it was at a version that was committed before this unit; undefined where its history is shorter. */
  at(orderId: string, version: number): Promise<VersionedOrder | undefined>;
  /** The order that was made of a version of a cart. */
  ofCart(cartId: string, cartVersion: number): Promise<string | undefined>;
  /**
   * Adds to a history whose last event has number `version` (0: none yet), when the unit commits. It fails as a
   * `VersionConflict` when somebody else was faster, and when the cart's version has made an order already.
   */
  append(change: Change): void;
}

export interface VersionedOrder {
  readonly order: Order;
  readonly version: number;
}

export interface Change {
  readonly version: number;
  readonly events: readonly OrderEvent[];
  /** The order after the events. */
  readonly order: Order;
}
