import { Metrics } from '#adapters/observability/metrics.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { lockForBatch, makeEventHandlers } from '#inventory/adapters/messaging/consumer.ts';
import { toWire } from '#inventory/adapters/messaging/integration-events.ts';
import { postgresRepositories } from '#inventory/adapters/postgres/repositories.postgres.ts';
import { makeFollowCatalog } from '#inventory/core/application/follow-catalog.ts';
import { makeMoveStock } from '#inventory/core/application/move-stock.ts';
import { inventory } from '#inventory/main/module.ts';
import { anId, anItem, lineOf, events } from '#inventory/test/inventory.mother.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import type { Figure, Floor } from '../figures.ts';
import { transactionsPerSecond } from '../floors/pgbench.ts';
import { SESSIONS, type BenchDatabase } from './database.ts';
import type { DistributedRig } from './rig.ts';
import { tools } from './tools.ts';

/** As many as the bus hands to a consumer at once. */
const BATCH = 200;
const WARM_UP = 20;

const consumerOn = ({ database, schema }: BenchDatabase): Subscription => {
  const units = sqlUnitOfWork(tools, { database, schema }, postgresRepositories);
  const handlers = makeEventHandlers(
    makeMoveStock(systemIds, systemClock, toWire),
    makeFollowCatalog(0, systemClock, toWire),
  );
  const logger = makeLogger({ service: 'bench', level: 'error' });
  return makeConsumer({ logger, metrics: new Metrics('inventory') }, units, 'inventory', handlers, {
    prepare: lockForBatch,
  });
};

/** Orders that all want the same variant, in the batches in which the inventory's consumer takes them from Kafka. */
export const hotItem = async (rig: DistributedRig): Promise<readonly Figure[]> => {
  const opened = await rig.database('inventory', inventory);
  const consumer = consumerOn(opened);
  const item = anItem({ stock: 1_000_000_000 });
  await consumer.handle([events.product([item])]);
  const take = async (): Promise<number> => {
    const batch = Array.from({ length: BATCH }, () => events.placed(anId(), [lineOf(item, 1)]));
    const began = performance.now();
    await consumer.handle(batch);
    return performance.now() - began;
  };
  for (let batch = 0; batch < WARM_UP; batch += 1) await take();
  let batches = 0;
  let spentMs = 0;
  for (; spentMs < rig.seconds * 1_000; batches += 1) spentMs += await take();
  const taken = (WARM_UP + batches) * BATCH;
  const [row] = await opened.database.query<{ readonly reserved_count: number }>(
    'select reserved_count from inventory.stock where sku = $1',
    [item.sku],
  );
  if (row?.reserved_count !== taken)
    throw new Error(`${taken} reservations asked for, ${row?.reserved_count ?? 'none'} made`);
  const floor = await oneByOne(opened, rig.seconds);
  return [
    {
      what: 'reservations of one item',
      value: (batches * BATCH) / (spentMs / 1_000),
      unit: '/s',
      floor,
      aim: { atLeast: 10 },
    },
  ];
};

/** The plain way: each order updates the row and leaves its event, in a transaction. */
const oneByOne = async ({ url, database }: BenchDatabase, seconds: number): Promise<Floor> => {
  const [sample] = await database.query<{ readonly envelope: string }>(
    'select envelope from inventory.outbox limit 1',
  );
  await database.query('create table floor_stock (id int primary key, reserved bigint not null)');
  await database.query('insert into floor_stock values (1, 0)');
  await database.query(
    'create table floor_outbox (seq bigint generated always as identity primary key, envelope text not null)',
  );
  return transactionsPerSecond({
    url,
    what: 'update of one row, and outbox',
    statements: [
      'update floor_stock set reserved = reserved + 1 where id = 1',
      'insert into floor_outbox (envelope) values (:data)',
    ],
    data: sample?.envelope ?? '',
    clients: SESSIONS,
    seconds,
  });
};
