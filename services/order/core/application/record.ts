import type { Cause } from '#kernel/events.ts';
import { evolve } from '../domain/evolve.ts';
import type { OrderEvent } from '../domain/events.ts';
import { becauseOf, react, type Patience } from '../domain/saga.ts';
import type { OrderTx, VersionedOrder } from '../ports/order-tx.ts';

/**
 * Adds events to an order's history, and with them everything that the saga says follows. Answers the order after them.
 * `before` is the order so far, undefined for one that begins; `cause` is needed where one unit handles several events.
 */
export type RecordEvents = <Before extends VersionedOrder | undefined>(
  tx: OrderTx,
  before: Before,
  events: readonly OrderEvent[],
  cause?: Cause,
) => Promise<VersionedOrder | Before>;

export const makeRecord =
  (patience: Patience): RecordEvents =>
  async (tx, before, events, cause) => {
    let { order, version } = before ?? { order: undefined, version: 0 };
    for (const event of events) {
      const step = { before: order, order: evolve(order, event), event, version: version + 1 };
      ({ order, version } = step);
      const reaction = react(step, patience);
      const { announce, schedule, dismiss } = cause ? becauseOf(reaction, cause) : reaction;
      await tx.outbox.add(...announce);
      await tx.tasks.schedule(...schedule);
      await tx.tasks.complete(...dismiss);
    }
    if (!order || events.length === 0) return before;
    tx.orders.append({ version: before?.version ?? 0, events, order });
    return { order, version };
  };
