import { fold } from '#kernel/process.ts';
import { evolve } from '../core/domain/evolve.ts';
import type { OrderEvent } from '../core/domain/events.ts';
import type { Order } from '../core/domain/order.ts';
import type { VersionedOrder } from '../core/ports/order-tx.ts';

/** The order after a history, from its placing on; undefined for one that has not begun. */
export const tell = (history: readonly OrderEvent[]): VersionedOrder | undefined => {
  const order = fold<Order | undefined, OrderEvent>({ evolve }, history, undefined);
  return order && { order, version: history.length };
};
