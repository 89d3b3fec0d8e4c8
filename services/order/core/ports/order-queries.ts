import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { DaySums, Period } from '../domain/figures.ts';
import type { OrderFilter, OrderSort } from '../domain/listing.ts';
import type { Order, Status } from '../domain/order.ts';
import type { VersionedOrder } from './order-tx.ts';

/** Reads committed state. */
export interface OrderQueries {
  find(orderId: string): Promise<VersionedOrder | undefined>;
  /** Oldest first; empty if there is no such order. */
  history(orderId: string): Promise<readonly OrderEvent[]>;
  /**
   * The order that its customer means by `reference`, its ID or number, if this is their address. An unknown order takes as long as a wrong
   * address.
   * @param email normalised
   */
  ofCustomer(reference: string, email: string): Promise<Order | undefined>;
  /** Newest first. */
  page(request: OrderPageRequest): Promise<PageResult<Order>>;
  /** The orders that match. A cursor belongs to its sort order. */
  search(request: OrderSearch): Promise<PageResult<Order>>;
  /** How many orders match, but no more than `atMost`, so that it never takes long. */
  countUpTo(atMost: number, filter: OrderFilter): Promise<number>;
  /** What was sold and refunded on the days of a period, in any order; several may be about one day and currency. */
  figures(period: Period): Promise<readonly DaySums[]>;
  /** When the oldest order with this status was placed. */
  oldest(status: Status): Promise<Date | undefined>;
}

/** Deletes what no law demands to keep any longer. */
export interface OrderArchive {
  /** Deletes orders that were placed before and have ended. */
  forgetBefore(horizon: Date): Promise<void>;
}

export interface OrderSearch extends PageRequest {
  /** An order must match all of them. */
  readonly filters: readonly OrderFilter[];
  readonly sort: OrderSort;
}

export interface OrderPageRequest extends PageRequest {
  readonly userId?: string | undefined;
  readonly status?: Status | undefined;
}
