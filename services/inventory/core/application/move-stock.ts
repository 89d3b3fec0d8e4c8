import type { Clock } from '#kernel/clock.ts';
import type { Cause, ToWire } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import { SYSTEM, type Adjustment } from '../domain/adjustment.ts';
import type { Command } from '../domain/commands.ts';
import { countsOf, type Publication, type Returned } from '../domain/events.ts';
import { decideInTurn } from '../domain/process.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';

/** A command and the event that caused it. */
export interface StockCommand {
  readonly command: Command;
  readonly cause: Cause;
  /** Variants in the event. */
  readonly variantIds: readonly string[];
}

/** As the log of adjustments says it. */
const REASONS: Readonly<Record<Returned['why'], string>> = {
  parcel: 'Came back with an order',
  return: 'Came back with a return',
  refund: 'Restocked with a refund',
};

/** Runs commands in sequence on locked stock, and writes all their consequences at once. */
export const makeMoveStock =
  (ids: Ids, clock: Clock, toWire: ToWire<Publication>) =>
  async (tx: InventoryTx, commands: readonly StockCommand[]): Promise<void> => {
    if (commands.length === 0) return;
    // Stock first: a unit that waits for this lock then reads what the other has written about the same orders.
    await tx.stock.lock({ variantIds: commands.flatMap(({ variantIds }) => variantIds) });
    const known = await tx.reservations.find(commands.map(({ command }) => command.orderId));
    const goods = await tx.stock.lock({
      variantIds: [
        ...commands.flatMap(({ variantIds }) => variantIds),
        ...known.flatMap(({ lines }) => lines.map(({ variantId }) => variantId)),
      ],
    });
    const decided = decideInTurn(
      commands.map(({ command }) => command),
      { ...goods, reservations: Map.groupBy(known, ({ orderId }) => orderId) },
    );
    const now = clock.now();
    const changed = decided.flatMap(({ change }) => change.stock);
    const counts = countsOf(changed, now, goods.shelves);
    const auditOf = ({ orderId, why, item, quantity }: Returned): Adjustment => ({
      adjustmentId: ids.next(),
      variantId: item.variantId,
      delta: quantity,
      reason: REASONS[why],
      adjustedBy: SYSTEM,
      orderId,
      stock: item.stock,
      adjustedAt: now,
    });
    const followed = decided.flatMap(({ reactions }, index) =>
      reactions.map((reaction) => ({ ...reaction, cause: commands[index]?.cause })),
    );
    await tx.stock.save(changed);
    await tx.reservations.save(decided.flatMap(({ change }) => change.reservations));
    await tx.adjustments.add(followed.flatMap(({ record }) => (record ? [auditOf(record)] : [])));
    await tx.outbox.add(
      ...followed.flatMap(({ publish, cause }) =>
        publish.map((one) => ({ ...toWire(one), ...(cause ? { cause } : {}) })),
      ),
      ...counts.map((event) => {
        const last = decided.findLastIndex(({ change }) => change.stock.includes(event.item));
        const cause = commands[last]?.cause;
        return { ...toWire({ type: 'inventory.stock_changed', event }), ...(cause ? { cause } : {}) };
      }),
    );
  };

export type MoveStock = ReturnType<typeof makeMoveStock>;
