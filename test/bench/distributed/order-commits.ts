import { currentCause } from '#adapters/context/cause.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { IdempotencyKey } from '#kernel/idempotency.ts';
import { postgresOrderTx } from '#order/adapters/postgres/order-tx.postgres.ts';
import { toWire } from '#order/adapters/messaging/integration-events.ts';
import { makeRunOrders } from '#order/core/application/run-orders.ts';
import type { OrderTx } from '#order/core/ports/order-tx.ts';
import { readPatience } from '#order/main/settings.ts';
import { aPlaced } from '#order/test/order.mother.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { tools } from './tools.ts';

const keyOf = (orderId: string): IdempotencyKey => ({
  principal: orderId,
  operation: 'placeOrder',
  key: `order-${orderId}`,
  fingerprint: orderId.repeat(2),
});

/** The order service's own units of work. */
export const orderUnits = (database: SqlDatabase, schema: string): UnitOfWork<OrderTx> =>
  sqlUnitOfWork(tools, { database, schema }, postgresOrderTx());

/** Commits a new order as the order service does: with its events, tasks and outcome, in one statement. */
export const makeCommitOrder = (units: UnitOfWork<OrderTx>): (() => Promise<void>) => {
  const run = makeRunOrders(systemClock, toWire, readPatience({}), currentCause);
  return () => {
    const orderId = systemIds.next();
    return units.run(async (tx) => {
      const command = { type: 'place', orderId, placed: aPlaced() } as const;
      await run(tx, [{ id: orderId, command }], new Map());
      await tx.idempotency.remember(keyOf(orderId), orderId);
    });
  };
};
