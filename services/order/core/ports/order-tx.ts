import type { Aggregates, Versioned } from '#kernel/process.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { Order } from '../domain/order.ts';
import type { InvoiceRepository } from './invoices.ts';
import type { ProofRepository } from './proofs.ts';
import type { ReturnRepository } from './returns.ts';
import type { StaffFileRepository } from './staff-files.ts';

/** The order service's unit of work. */
export interface OrderTx extends BaseTx {
  readonly orders: OrderRepository;
  readonly returns: ReturnRepository;
  readonly proofs: ProofRepository;
  readonly files: StaffFileRepository;
  readonly invoices: InvoiceRepository;
}

/**
 * Histories of orders, with projections that change in the same unit. `save` appends to a history. The unit
 * fails if the version of a cart has already made an order, or if another order has the same number.
 */
export interface OrderRepository extends Aggregates<Order, OrderEvent> {
  /** The order at a version that was committed before this unit; undefined if its history is shorter. */
  at(orderId: string, version: number): Promise<VersionedOrder | undefined>;
  /** The order made from a version of a cart. */
  ofCart(cartId: string, cartVersion: number): Promise<string | undefined>;
  /** IDs of orders of guests with this address, oldest first, that no user has claimed. */
  ofGuest(email: string, limit: number): Promise<readonly string[]>;
  /** Lists, as they are today, orders that another version of this service has written; returns how many, at most `limit`. */
  relist(limit: number): Promise<number>;
}

export type VersionedOrder = Versioned<Order>;
