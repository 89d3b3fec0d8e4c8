import type { Clock } from '#kernel/clock.ts';
import type { Cause } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import { SYSTEM, type Adjustment } from '../domain/adjustment.ts';
import { decideInTurn, type Command, type Returned } from '../domain/decide.ts';
import { announce } from '../domain/events.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';

/** A command, and the event that it comes from. */
export interface Requested {
  readonly command: Command;
  readonly cause: Cause;
  /** Variants that the event names. */
  readonly variantIds: readonly string[];
}

/** Decides the requests in their order, on locked stock, and writes what they change together. */
export const makeMoveStock =
  (ids: Ids, clock: Clock) =>
  async (tx: InventoryTx, requests: readonly Requested[]): Promise<void> => {
    if (requests.length === 0) return;
    // Stock first: who waits here for another unit then finds what that has written about the same orders.
    await tx.stock.lock({ variantIds: requests.flatMap(({ variantIds }) => variantIds) });
    const known = await tx.reservations.find(requests.map(({ command }) => command.orderId));
    const goods = await tx.stock.lock({
      variantIds: [
        ...requests.flatMap(({ variantIds }) => variantIds),
        ...known.flatMap(({ lines }) => lines.map(({ variantId }) => variantId)),
      ],
    });
    const changes = decideInTurn(
      requests.map(({ command }) => command),
      {
        ...goods,
        reservations: Map.groupBy(known, ({ orderId }) => orderId),
      },
    );
    const auditOf = ({ orderId, item, quantity }: Returned): Adjustment => ({
      adjustmentId: ids.next(),
      variantId: item.variantId,
      delta: quantity,
      reason: 'Came back with an order',
      adjustedBy: SYSTEM,
      orderId,
      stock: item.stock,
      adjustedAt: clock.now(),
    });
    await tx.stock.save(changes.flatMap((change) => change.stock));
    await tx.reservations.save(changes.flatMap((change) => change.reservations));
    await tx.adjustments.add(changes.flatMap(({ returned }) => returned.map(auditOf)));
    for (const [index, { cause }] of requests.entries())
      await tx.outbox.add(...(changes[index]?.facts ?? []).map((fact) => announce(fact, cause)));
  };
