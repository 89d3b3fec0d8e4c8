import type { Clock } from '#kernel/clock.ts';
import { makeRun, type Run, type Surroundings } from '#kernel/process.ts';
import type { Order } from '../domain/order.ts';
import type { ReturnCommand, ReturnRefusal } from '../domain/returns/commands.ts';
import type { ReturnPublication } from '../domain/returns/events.ts';
import type { MaybeReturn } from '../domain/returns/evolve.ts';
import { RETURN_PROCESS } from '../domain/returns/process.ts';
import type { OrderTx } from '../ports/order-tx.ts';

/** Runs commands on the returns of an order, which knows the recipient of their mails. */
export type RunReturns = (order: Order) => Run<OrderTx, ReturnCommand, MaybeReturn, ReturnRefusal>;

type ToWire = Surroundings<OrderTx, MaybeReturn, never, ReturnPublication>['toWire'];

export const makeRunReturns =
  (clock: Clock, toWire: (order: Order) => ToWire): RunReturns =>
  (order) =>
    makeRun(RETURN_PROCESS, {
      clock,
      toWire: toWire(order),
      aggregates: ({ returns }: OrderTx) => returns,
    });
