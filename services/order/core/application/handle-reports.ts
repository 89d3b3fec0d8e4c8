import type { Clock } from '#kernel/clock.ts';
import { causeOf, type EventEnvelope } from '#kernel/events.ts';
import type { OrderCommand } from '../domain/commands.ts';
import { decide } from '../domain/decide.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { RecordEvents } from './record.ts';

/** An event of another service, and what it means to the order that it is about. */
export interface Report {
  readonly event: EventEnvelope;
  readonly orderId: string;
  readonly command: OrderCommand;
}

/** Takes what other services report about many orders, in one unit. */
export const makeHandleReports =
  (record: RecordEvents, clock: Clock) =>
  async (tx: OrderTx, reports: readonly Report[]): Promise<void> => {
    const orders = new Map(await tx.orders.load([...new Set(reports.map(({ orderId }) => orderId))]));
    for (const { event, orderId, command } of reports) {
      const before = orders.get(orderId);
      if (!before) throw new Error(`${event.event_type} is about order ${orderId}, which does not exist`);
      const decision = decide(command, before.order, clock.now());
      if (decision.ok) orders.set(orderId, await record(tx, before, decision.value, causeOf(event)));
    }
  };

export type HandleReports = ReturnType<typeof makeHandleReports>;
