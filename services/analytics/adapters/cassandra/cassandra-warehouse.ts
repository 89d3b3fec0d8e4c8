import { Client, concurrent, types } from 'cassandra-driver';
import { z } from 'zod';
import { StoreUnavailable } from '#adapters/messaging/stores.ts';
import { MINUTE } from '#kernel/clock.ts';
import { countProducts, countSales } from '../../core/domain/counting.ts';
import type { Fact } from '../../core/domain/fact.ts';
import { bucketOf, type Period } from '../../core/domain/period.ts';
import { salesByCurrency } from '../../core/domain/sales.ts';
import { addProducts } from '../../core/domain/top-products.ts';
import type { Warehouse } from '../../core/ports/warehouse.ts';

/** The offsets of all time zones are multiples of it, so a quarter of an hour lies in one bucket of a chart. */
const QUARTER_MS = 15 * MINUTE;
/** Partitions per day, each far below 100 MB. */
const SHARDS = 8;
const AT_ONCE = 64;

const TABLES = [
  // All that is known about an order, wherever it happened.
  'order_facts (order_id uuid, fact_id uuid, body text, primary key (order_id, fact_id))',
  // The log. `is_void` is only ever written as true: facts about a cancelled order.
  `facts (day date, shard tinyint, moment timestamp, fact_id uuid, body text, is_void boolean, primary key ((day, shard), moment, fact_id))
     with compaction = {'class': 'TimeWindowCompactionStrategy', 'compaction_window_unit': 'DAYS', 'compaction_window_size': 1}`,
  // Quarters to be added up again. A mark that comes back only causes work, so its tombstone need not be kept.
  'marks (list tinyint, quarter timestamp, marker uuid, is_set boolean, primary key (list, quarter, marker)) with gc_grace_seconds = 0',
  'sums (day date, quarter timestamp, version int, sales text, products text, primary key (day, quarter))',
  'newest (id tinyint primary key, moment timestamp)',
];

const ADD_ORDER_FACT = 'insert into order_facts (order_id, fact_id, body) values (?, ?, ?)';
const ORDER_FACTS = 'select body from order_facts where order_id = ?';
const ADD_FACT = 'insert into facts (day, shard, moment, fact_id, body) values (?, ?, ?, ?, ?)';
const ADD_VOID = 'insert into facts (day, shard, moment, fact_id, is_void) values (?, ?, ?, ?, true)';
const FACTS = 'select body, is_void from facts where day = ? and shard = ? and moment >= ? and moment < ?';
const ADD_MARK = 'insert into marks (list, quarter, marker, is_set) values (0, ?, ?, true)';
const MARKS = 'select quarter, marker, writetime(is_set) as written from marks where list = 0';
const REMOVE_MARK = 'delete from marks using timestamp ? where list = 0 and quarter = ? and marker = ?';
const VERSION = 'select version from sums where day = ? and quarter = ?';
const ADD_SUMS =
  'insert into sums (day, quarter, version, sales, products) values (?, ?, 1, ?, ?) if not exists';
const REPLACE_SUMS =
  'update sums set version = ?, sales = ?, products = ? where day = ? and quarter = ? if version = ?';
const ADD_NEWEST = 'insert into newest (id, moment) values (0, ?) using timestamp ?';
const NEWEST = 'select moment from newest where id = 0';

const Line = z.object({
  productId: z.string(),
  variantId: z.string(),
  quantity: z.int(),
  totalMinor: z.int(),
});
const happened = { factId: z.string(), at: z.coerce.date() };
const StoredFact = z.discriminatedUnion('kind', [
  z.object({
    ...happened,
    kind: z.literal('order'),
    orderId: z.string(),
    currency: z.string(),
    totalMinor: z.int(),
    taxMinor: z.int(),
    shippingMinor: z.int(),
    lines: z.array(Line),
  }),
  z.object({ ...happened, kind: z.literal('cancellation'), orderId: z.string() }),
  z.object({
    ...happened,
    kind: z.literal('refund'),
    orderId: z.string(),
    currency: z.string(),
    amountMinor: z.int(),
  }),
  z.object({ ...happened, kind: z.literal('views'), productId: z.string(), views: z.int() }),
]);
const StoredSales = z.array(
  z.object({
    currency: z.string(),
    orders: z.int(),
    units: z.int(),
    grossMinor: z.int(),
    taxMinor: z.int(),
    shippingMinor: z.int(),
    refundedMinor: z.int(),
  }),
);
const StoredProducts = z.array(
  z.object({
    productId: z.string(),
    orders: z.int(),
    units: z.int(),
    revenueMinor: z.record(z.string(), z.int()),
    views: z.int(),
  }),
);

const read = (body: unknown): Fact => StoredFact.parse(JSON.parse(z.string().parse(body)));
const uuid = (id: string): types.Uuid => types.Uuid.fromString(id);
const dayOf = (at: Date): types.LocalDate => types.LocalDate.fromString(at.toISOString().slice(0, 10));
const quarterOf = (at: Date): Date => new Date(Math.floor(at.getTime() / QUARTER_MS) * QUARTER_MS);
/** By the random end of the ID. */
const shardOf = (factId: string): number => parseInt(factId.slice(-4), 16) % SHARDS;

export interface CassandraOptions {
  readonly contacts: readonly string[];
  readonly dataCenter: string;
  /** Made if it is not there, with this many copies of everything. */
  readonly keyspace: string;
  readonly replication: number;
  readonly timeoutMs: number;
  readonly isEncrypted: boolean;
  readonly credentials?: { readonly username: string; readonly password: string };
}

export const openCassandraWarehouse = async (options: CassandraOptions): Promise<Warehouse> => {
  const client = new Client({
    contactPoints: [...options.contacts],
    localDataCenter: options.dataCenter,
    ...(options.isEncrypted && { sslOptions: { rejectUnauthorized: true } }),
    ...(options.credentials && { credentials: options.credentials }),
    queryOptions: {
      prepare: true,
      isIdempotent: true,
      consistency: types.consistencies.localQuorum,
      serialConsistency: types.consistencies.localSerial,
    },
    socketOptions: { readTimeout: options.timeoutMs },
  });
  await client.connect();
  await client.execute(
    `create keyspace if not exists ${options.keyspace} with replication = {'class': 'NetworkTopologyStrategy', '${options.dataCenter}': ${options.replication}}`,
  );
  for (const table of TABLES) await client.execute(`create table if not exists ${options.keyspace}.${table}`);
  await client.execute(`use ${options.keyspace}`);
  return cassandraWarehouse(client);
};

const cassandraWarehouse = (client: Client): Warehouse => {
  const marker = types.Uuid.random();

  const executeAll = async (query: string, rows: readonly (readonly unknown[])[]): Promise<void> => {
    if (rows.length > 0)
      await concurrent.executeConcurrent(
        client,
        query,
        rows.map((row) => [...row]),
        { concurrencyLevel: AT_ONCE },
      );
  };

  /** All that is known about these orders. */
  const aboutOrders = async (orderIds: readonly string[]): Promise<readonly (readonly Fact[])[]> =>
    Promise.all(
      orderIds.map(async (orderId) => {
        const { rows } = await client.execute(ORDER_FACTS, [uuid(orderId)]);
        return rows.map((row) => read(row['body']));
      }),
    );

  const append = async (facts: readonly Fact[]): Promise<void> => {
    const ofOrders = facts.flatMap((fact) => (fact.kind === 'views' ? [] : [fact]));
    await executeAll(
      ADD_ORDER_FACT,
      ofOrders.map((fact) => [uuid(fact.orderId), uuid(fact.factId), JSON.stringify(fact)]),
    );
    // Of two instances that add facts about one order, at least one sees both.
    const orders = await aboutOrders([...new Set(ofOrders.map(({ orderId }) => orderId))]);
    const isCancelled = (order: readonly Fact[]): boolean =>
      order.some(({ kind }) => kind === 'cancellation');
    const voided = orders.filter(isCancelled).flat();
    const key = ({ at, factId }: Fact): readonly unknown[] => [dayOf(at), shardOf(factId), at, uuid(factId)];
    await executeAll(
      ADD_FACT,
      facts.map((fact) => [...key(fact), JSON.stringify(fact)]),
    );
    await executeAll(ADD_VOID, voided.map(key));
    const quarters = new Set([...facts, ...voided].map(({ at }) => quarterOf(at).getTime()));
    await executeAll(
      ADD_MARK,
      [...quarters].map((quarter) => [new Date(quarter), marker]),
    );
    const newest = Math.max(...facts.map(({ at }) => at.getTime()));
    // The latest moment wins, whenever it is written.
    if (facts.length > 0) await client.execute(ADD_NEWEST, [new Date(newest), newest * 1_000]);
  };

  const factsIn = async (quarter: Date): Promise<readonly Fact[]> => {
    const end = new Date(quarter.getTime() + QUARTER_MS);
    const shards = await Promise.all(
      Array.from({ length: SHARDS }, async (_, shard) => {
        const facts: Fact[] = [];
        const found = await client.execute(FACTS, [dayOf(quarter), shard, quarter, end]);
        for await (const row of found) if (row['is_void'] !== true) facts.push(read(row['body']));
        return facts;
      }),
    );
    return shards.flat();
  };

  /** Of two instances that do so at once, one is late, and leaves the sums of the other. */
  const addUp = async (quarter: Date): Promise<void> => {
    const day = dayOf(quarter);
    const { rows } = await client.execute(VERSION, [day, quarter]);
    const facts = await factsIn(quarter);
    const period: Period = { bounds: [quarter, new Date(quarter.getTime() + QUARTER_MS)] };
    const sales = salesByCurrency(1, countSales(facts, period)).map(({ currency, total }) => ({
      currency,
      ...total,
    }));
    const sums = [JSON.stringify(sales), JSON.stringify(countProducts(facts, period))];
    const version = z.int().optional().parse(rows[0]?.['version']);
    const result =
      version === undefined
        ? await client.execute(ADD_SUMS, [day, quarter, ...sums])
        : await client.execute(REPLACE_SUMS, [version + 1, ...sums, day, quarter, version]);
    if (!result.wasApplied()) await addUp(quarter);
  };

  /** Adds up what changed since. */
  const catchUp = async (): Promise<void> => {
    const { rows } = await client.execute(MARKS);
    const marks = z
      .array(
        z.object({ quarter: z.date(), marker: z.instanceof(types.Uuid), written: z.instanceof(types.Long) }),
      )
      .parse(rows);
    for (const [quarter, of] of Map.groupBy(marks, (mark) => mark.quarter.getTime())) {
      await addUp(new Date(quarter));
      // A mark that was written again meanwhile stays, as its time is a later one.
      await executeAll(
        REMOVE_MARK,
        of.map((mark) => [mark.written, mark.quarter, mark.marker]),
      );
    }
  };

  const sumsIn = async <T>(
    { bounds }: Period,
    column: 'sales' | 'products',
    body: z.ZodType<T>,
  ): Promise<readonly { readonly quarter: Date; readonly sums: T }[]> => {
    const [first, last] = [bounds[0] ?? new Date(0), bounds.at(-1) ?? new Date(0)];
    const days: Date[] = [];
    for (let at = Date.parse(first.toISOString().slice(0, 10)); at < last.getTime(); at += 96 * QUARTER_MS)
      days.push(new Date(at));
    const query = `select quarter, ${column} as body from sums where day = ? and quarter >= ? and quarter < ?`;
    const rows = await Promise.all(
      days.map(async (day) => (await client.execute(query, [dayOf(day), first, last])).rows),
    );
    return rows.flat().map((row) => ({
      quarter: z.date().parse(row['quarter']),
      sums: body.parse(JSON.parse(z.string().parse(row['body']))),
    }));
  };

  return {
    append: (facts) => available(append(facts)),
    sales: (period) =>
      available(
        catchUp().then(async () => {
          const found = await sumsIn(period, 'sales', StoredSales);
          return found.flatMap(({ quarter, sums }) => {
            const bucket = bucketOf(period, quarter);
            return bucket === undefined ? [] : sums.map((sum) => ({ ...sum, bucket }));
          });
        }),
      ),
    topProducts: (period, limit) =>
      available(
        catchUp().then(async () => {
          const found = await sumsIn(period, 'products', StoredProducts);
          return addProducts(found.map(({ sums }) => sums)).slice(0, limit);
        }),
      ),
    newest: () =>
      available(client.execute(NEWEST).then(({ rows }) => z.date().optional().parse(rows[0]?.['moment']))),
    close: () => client.shutdown(),
  };
};

const available = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw new StoreUnavailable('the warehouse failed', { cause: error });
  }
};
