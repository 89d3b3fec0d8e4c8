import type { Clock } from '#kernel/clock.ts';
import type { Cause } from '#kernel/events.ts';
import { makeRun, type Run, type Surroundings, type Versioned } from '#kernel/process.ts';
import type { OrderCommand, OrderRefusal } from '../domain/commands.ts';
import type { OrderEvent, Publication } from '../domain/events.ts';
import type { Order } from '../domain/order.ts';
import { makeOrderProcess } from '../domain/process.ts';
import type { Patience } from '../domain/tasks.ts';
import type { OrderTx, VersionedOrder } from '../ports/order-tx.ts';

/** Runs commands on orders. */
export type RunOrders = Run<OrderTx, OrderCommand, Order | undefined, OrderRefusal>;

type ToWire = Surroundings<OrderTx, Order | undefined, never, Publication>['toWire'];

/** @param currentCause of what is being done */
export const makeRunOrders = (
  clock: Clock,
  toWire: ToWire,
  patience: Patience,
  currentCause: () => Cause | undefined,
): RunOrders =>
  makeRun(makeOrderProcess(patience), {
    clock,
    toWire,
    aggregates: ({ orders }: OrderTx) => orders,
    stamp: (event: OrderEvent, cause = currentCause()) =>
      cause ? { ...event, correlationId: cause.correlationId } : event,
  });

/** The order after an accepted command. */
export const accepted = ({ state, version }: Versioned<Order | undefined>): VersionedOrder => {
  if (!state) throw new Error('a command was accepted for an order that does not exist');
  return { state, version };
};
