import { ManualClock, type Clock } from '#kernel/clock.ts';
import { makeRun, runOne } from '#kernel/process.ts';
import { ok } from '#kernel/result.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeReturnToWire } from '../adapters/messaging/return-events.ts';
import { makeRunReturns, type RunReturns } from '../core/application/run-returns.ts';
import { accepted } from '../core/application/run-orders.ts';
import type { OrderEvent } from '../core/domain/events.ts';
import { makeOrderProcess } from '../core/domain/process.ts';
import { PATIENCE } from '../core/domain/tasks.ts';
import type { OrderTx, VersionedOrder } from '../core/ports/order-tx.ts';
import { NOW, orderOf } from './order.mother.ts';

const run = makeRun(
  { ...makeOrderProcess(PATIENCE), decide: (events: readonly OrderEvent[]) => ok(events) },
  { clock: new ManualClock(NOW), toWire, aggregates: ({ orders }: OrderTx) => orders },
);

/** Runs commands on returns. */
export const runReturnsAt = (clock: Clock): RunReturns =>
  makeRunReturns(clock, makeReturnToWire({ tokens: { issue: () => 'token' }, returnAddress: undefined }));

export const RUN_RETURNS = runReturnsAt(new ManualClock(NOW));

/** Saves events as if they had been decided, with all consequences. `before` is the order so far. */
export const record = async (
  tx: OrderTx,
  before: VersionedOrder | undefined,
  events: readonly OrderEvent[],
): Promise<VersionedOrder> => {
  const { orderId: id } = before?.state ?? orderOf(events);
  const known = new Map(before ? [[id, before]] : []);
  const outcome = await runOne(run, tx, { id, command: events }, known);
  if (!outcome.ok) throw new Error('events are not refused');
  return accepted(outcome.value);
};
