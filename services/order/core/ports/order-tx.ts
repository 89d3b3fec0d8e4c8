import type { Aggregates, Versioned } from '#kernel/process.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { Order } from '../domain/order.ts';

/** The order service's unit of work. */
export interface OrderTx extends BaseTx {
  readonly orders: OrderRepository;
}

/**
 * Histories of orders, with projections for reading that change in the same unit. `save` adds to a history; the unit
 * fails, too, when the version of a cart has made an order already.
 */
export interface OrderRepository extends Aggregates<Order, OrderEvent> {
  /** The order as it was at a version that was committed before this unit; undefined where its history is shorter. */
  at(orderId: string, version: number): Promise<VersionedOrder | undefined>;
  /** The order that was made of a version of a cart. */
  ofCart(cartId: string, cartVersion: number): Promise<string | undefined>;
}

export type VersionedOrder = Versioned<Order>;
