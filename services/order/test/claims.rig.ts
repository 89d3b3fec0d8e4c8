import { currentCause } from '#adapters/context/cause.ts';
import { memoryUnitOfWork, recentOf, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { Store } from '#adapters/service/module.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { runDueTasks } from '#test/kit/tasks.ts';
import type { TestToolbox } from '#test/kit/toolbox.ts';
import { memoryOrderQueries } from '../adapters/memory/orders.memory.ts';
import { memoryOrderTx } from '../adapters/memory/order-tx.memory.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { postgresOrderQueries } from '../adapters/postgres/order-queries.postgres.ts';
import { postgresOrderTx } from '../adapters/postgres/order-tx.postgres.ts';
import { makeClaimTask } from '../adapters/tasks/claim-task.ts';
import { makeSettleTask } from '../adapters/tasks/settle-task.ts';
import { makeClaimOrders } from '../core/application/claim-orders.ts';
import { makeRunOrders } from '../core/application/run-orders.ts';
import { makeSettleReturn } from '../core/application/settle-returns.ts';
import { PATIENCE } from '../core/domain/tasks.ts';
import type { OrderQueries } from '../core/ports/order-queries.ts';
import type { OrderTx } from '../core/ports/order-tx.ts';
import { runReturnsAt } from './recording.ts';

const isCommon = (toolbox: TestToolbox<Store>): toolbox is TestToolbox =>
  toolbox.store.kind !== 'redis' && toolbox.store.kind !== 'mongo';

const storesOf = (toolbox: TestToolbox): { unitOfWork: UnitOfWork<OrderTx>; queries: OrderQueries } => {
  const { store } = toolbox;
  if (store.kind === 'memory')
    return {
      unitOfWork: memoryUnitOfWork(toolbox, store.database, memoryOrderTx()),
      queries: memoryOrderQueries(store.database),
    };
  return {
    unitOfWork: sqlUnitOfWork(toolbox, store, postgresOrderTx()),
    queries: postgresOrderQueries(store.database, recentOf(toolbox, store)),
  };
};

/** The order service's stores, and its tasks that give guests' orders to users, and end returns whose refund is over. */
export const openClaims = (toolbox: TestToolbox<Store>) => {
  if (!isCommon(toolbox)) throw new Error('orders are kept in memory or in SQL');
  const run = makeRunOrders(toolbox.clock, toWire, PATIENCE, currentCause);
  const stores = storesOf(toolbox);
  const work = () => runDueTasks(toolbox, stores.unitOfWork, [makeClaimTask(makeClaimOrders(run))]);
  const settle = makeSettleTask(makeSettleReturn(run, runReturnsAt(toolbox.clock)));
  const settleReturns = () => runDueTasks(toolbox, stores.unitOfWork, [settle]);
  return { ...stores, run, work, settleReturns };
};
