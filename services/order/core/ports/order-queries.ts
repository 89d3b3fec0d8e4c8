import type { Refusal, Result } from '#kernel/result.ts';
import type { Order, Status } from '../domain/order.ts';
import type { VersionedOrder } from './order-tx.ts';

/** Reads; they see what is committed. */
export interface OrderQueries {
  find(orderId: string): Promise<VersionedOrder | undefined>;
  /** Newest first. */
  page(wish: OrderPageWish): Promise<Result<OrderPage, Refusal<'INVALID_CURSOR'>>>;
  /** How many orders are in each status. */
  counts(): Promise<ReadonlyMap<Status, number>>;
}

export interface OrderPageWish {
  readonly userId?: string | undefined;
  readonly status?: Status | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface OrderPage {
  readonly items: readonly Order[];
  readonly next?: string | undefined;
}
