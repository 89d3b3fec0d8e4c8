import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Aggregates, Versioned } from '#kernel/process.ts';
import type { ReturnEvent } from '../domain/returns/events.ts';
import type { Return, ReturnState } from '../domain/returns/return.ts';

export type VersionedReturn = Versioned<Return>;

/** Returns as they are, without their events. */
export interface ReturnRepository extends Aggregates<Return, ReturnEvent> {
  /** Those that other units have committed, oldest first. */
  ofOrders(orderIds: readonly string[]): Promise<readonly VersionedReturn[]>;
}

/** Reads committed returns. */
export interface ReturnQueries {
  find(returnId: string): Promise<Return | undefined>;
  /** Oldest first. */
  ofOrder(orderId: string): Promise<readonly Return[]>;
  page(request: ReturnPageRequest): Promise<PageResult<Return>>;
  /** How many are in the state, but no more than `atMost`, so that it never takes long. */
  countUpTo(atMost: number, state: ReturnState): Promise<number>;
}

export interface ReturnPageRequest extends PageRequest {
  /** Any by default. */
  readonly states?: readonly ReturnState[] | undefined;
  /** Of orders that are this user's. */
  readonly userId?: string | undefined;
  /** By the time of the request; of the same time, by their IDs. */
  readonly sort: 'newest' | 'oldest';
}
