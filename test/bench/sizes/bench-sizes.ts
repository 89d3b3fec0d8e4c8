/**
 * `npm run bench -- sizes`: the bytes that an order takes in the order service's tables, with their indexes, in a private PostgreSQL, and a
 * cart and the record of an order in a private Redis.
 */
import { openPg } from '#adapters/postgres/pg-database.ts';
import { migrate } from '#adapters/postgres/migrate.ts';
import { RedisConnection } from '#adapters/redis/connection.ts';
import { redisUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { prefixOf, schemaOf } from '#adapters/service/store.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { redisRepositories } from '#cart/adapters/redis/repositories.redis.ts';
import { cart } from '#cart/main/module.ts';
import { aCart, aCartItem, anId } from '#cart/test/cart.mother.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { CartTx } from '#cart/core/ports/cart-tx.ts';
import { order } from '#order/main/module.ts';
import { redis } from '#scripts/engines/redis.ts';
import { table } from '#scripts/lib/table.ts';
import { startPrivateEngine } from '#test/kit/private-engine.ts';
import { startPrivatePostgres } from '#test/kit/private-postgres.ts';
import { z } from 'zod';
import { tools } from '../distributed/tools.ts';
import { fillOrders } from '../orders/fill.ts';

const COUNT = 10_000;
const ITEMS = 3;

const bytesPerOrder = async (url: string): Promise<number> => {
  const database = openPg({ url, poolSize: 2, statementTimeoutMs: 600_000, onError: console.error });
  try {
    await migrate(database, schemaOf(order), order.migrations);
    await fillOrders(database, COUNT);
    const [row] = await database.query<{ bytes: number }>(
      `select sum(pg_total_relation_size(oid))::float8 as bytes from pg_class
       where relkind = 'r' and relnamespace = $1::regnamespace`,
      [schemaOf(order)],
    );
    return z.number().parse(row?.bytes) / COUNT;
  } finally {
    await database.close();
  }
};

/** What `save` adds to a Redis, each time it runs. */
const bytesPerSave = async (
  connection: RedisConnection,
  save: (tx: CartTx) => Promise<void>,
): Promise<number> => {
  const prefix = prefixOf(cart);
  const units: UnitOfWork<CartTx> = redisUnitOfWork(
    tools,
    { kind: 'redis', connection, prefix },
    redisRepositories(prefix, systemClock),
  );
  const used = async (): Promise<number> => {
    const info = await connection.run((client) => client.info('memory'));
    return Number(/used_memory:(\d+)/.exec(info)?.[1]);
  };
  const before = await used();
  for (let index = 0; index < COUNT; index += 1) await units.run(save);
  return ((await used()) - before) / COUNT;
};

const items = () => Array.from({ length: ITEMS }, () => aCartItem());

await using resources = new AsyncDisposableStack();
const postgres = await startPrivatePostgres();
resources.defer(() => postgres.stop());
const server = await startPrivateEngine(redis);
resources.defer(() => server.stop());
const connection = new RedisConnection({
  url: z.string().parse(server.addresses['url']),
  timeoutMs: 10_000,
  onError: () => undefined,
});
resources.defer(() => connection.close());

const rows: readonly (readonly [string, number])[] = [
  ["an order in the order service's PostgreSQL", await bytesPerOrder(postgres.url)],
  [
    'a cart of three items in Redis',
    await bytesPerSave(connection, ({ carts }) =>
      carts.save(aCart({ items: items(), updatedAt: systemClock.now() })),
    ),
  ],
  [
    "the record of an order in the cart's Redis",
    await bytesPerSave(connection, ({ orders }) => {
      const record = { orderId: anId(), cartId: anId(), state: 'taken', taken: items() } as const;
      return orders.save(record, systemClock.now());
    }),
  ],
];
console.log(
  table(
    ['WHAT', 'BYTES'],
    rows.map(([what, bytes]) => [what, String(Math.round(bytes))]),
  ),
);
