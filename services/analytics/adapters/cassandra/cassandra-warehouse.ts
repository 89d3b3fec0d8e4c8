import { createHash } from 'node:crypto';
import { Client, types } from 'cassandra-driver';
import { z } from 'zod';
import { StoreUnavailable } from '#adapters/messaging/stores.ts';
import { MINUTE } from '#kernel/clock.ts';
import { timeOf } from '#kernel/ids.ts';
import { countProducts, countSales } from '../../core/domain/counting.ts';
import {
  customersIn,
  historyOf,
  paidOrdersIn,
  returningIn,
  type PaidOrders,
} from '../../core/domain/customers.ts';
import type { Fact, FactOf } from '../../core/domain/fact.ts';
import { bucketOf, type Period } from '../../core/domain/period.ts';
import { salesByCurrency } from '../../core/domain/sales.ts';
import { addTerms, countTerms, topTerms } from '../../core/domain/searches.ts';
import { addUnits, countUnits, heldOver, soldBy, type Count } from '../../core/domain/stock-counts.ts';
import type { SkuStock } from '../../core/domain/stock-turns.ts';
import { SOURCES } from '../../core/domain/source.ts';
import { addProducts } from '../../core/domain/top-products.ts';
import {
  addFunnels,
  addSources,
  funnelOf,
  isOfVisit,
  NO_VISITS,
  sourcesOf,
  stageOf,
  STAGES,
  type VisitSummary,
} from '../../core/domain/visits.ts';
import type { Warehouse } from '../../core/ports/warehouse.ts';

/** The offsets of all time zones are multiples of it, so a quarter of an hour lies in one bucket of a chart. */
const QUARTER_MS = 15 * MINUTE;
/** Partitions per day, each far below 100 MB. */
const SHARDS = 8;
const AT_ONCE = 64;
/** In a request, which then has less than 100 kB. */
const ROWS = 100;

const TABLES = [
  // All that is known about an order, wherever it happened.
  'order_facts (order_id uuid, fact_id uuid, body text, primary key (order_id, fact_id))',
  // The log. `is_void` is only ever written as true: facts about a cancelled order.
  `facts (day date, shard tinyint, moment timestamp, fact_id uuid, body text, is_void boolean, primary key ((day, shard), moment, fact_id))
     with compaction = {'class': 'TimeWindowCompactionStrategy', 'compaction_window_unit': 'DAYS', 'compaction_window_size': 1}`,
  // Quarters to be added up again. A mark that comes back only causes work, so its tombstone need not be kept.
  'marks (list tinyint, quarter timestamp, marker uuid, is_set boolean, primary key (list, quarter, marker)) with gc_grace_seconds = 0',
  'sums (day date, quarter timestamp, version int, sales text, products text, funnel text, sources text, searches text, customers text, variants text, primary key (day, quarter))',
  'newest (id tinyint primary key, moment timestamp)',
  // What is known about visits, by when they began: `views`, `from:search`, `paid:<order>`, `unpaid:<order>`; several, with
  // blanks between them, where they were learned together.
  `visits (day date, shard tinyint, began timestamp, session_id uuid, mark text, primary key ((day, shard), began, session_id, mark))`,
  // What is known about the orders of a customer: `paid`, `unpaid`.
  'customers (customer uuid, placed timestamp, order_id uuid, mark text, primary key (customer, placed, order_id, mark))',
  // The last count of a SKU in each quarter, and the last for each variant that had it. The version is the time of writing, so the highest one stays.
  `counts (sku text, quarter timestamp, version bigint, on_hand bigint, primary key (sku, quarter)) with clustering order by (quarter desc)`,
  `shelves (shard tinyint, sku text, variant_id uuid, product_id uuid, quarter timestamp, version bigint, on_hand bigint, primary key (shard, sku, variant_id))`,
];
/** In keyspaces from before. */
const COLUMNS = ['sums add if not exists customers text', 'sums add if not exists variants text'];

const ADD_ORDER_FACT = 'insert into order_facts (order_id, fact_id, body) values (?, ?, ?)';
const ORDER_FACTS = 'select body from order_facts where order_id = ?';
const ADD_FACT = 'insert into facts (day, shard, moment, fact_id, body) values (?, ?, ?, ?, ?)';
const ADD_VOID = 'insert into facts (day, shard, moment, fact_id, is_void) values (?, ?, ?, ?, true)';
const FACTS = 'select body, is_void from facts where day = ? and shard = ? and moment >= ? and moment < ?';
const ADD_MARK = 'insert into marks (list, quarter, marker, is_set) values (0, ?, ?, true)';
const MARKS = 'select quarter, marker, writetime(is_set) as written from marks where list = 0';
const REMOVE_MARK = 'delete from marks using timestamp ? where list = 0 and quarter = ? and marker = ?';
const VERSION = 'select version from sums where day = ? and quarter = ?';
const SUMS = ['sales', 'products', 'funnel', 'sources', 'searches', 'customers', 'variants'] as const;
const ADD_SUMS = `insert into sums (day, quarter, version, ${SUMS.join(', ')})
  values (?, ?, 1, ${SUMS.map(() => '?').join(', ')}) if not exists`;
const REPLACE_SUMS = `update sums set version = ?, ${SUMS.map((column) => `${column} = ?`).join(', ')}
  where day = ? and quarter = ? if version = ?`;
const ADD_VISIT = 'insert into visits (day, shard, began, session_id, mark) values (?, ?, ?, ?, ?)';
const VISITS =
  'select began, session_id, mark from visits where day = ? and shard = ? and began >= ? and began < ?';
const ADD_CUSTOMER = 'insert into customers (customer, placed, order_id, mark) values (?, ?, ?, ?)';
const CUSTOMER = 'select placed, order_id, mark from customers where customer = ?';
const ADD_COUNT = 'insert into counts (sku, quarter, version, on_hand) values (?, ?, ?, ?) using timestamp ?';
const ADD_SHELF = `insert into shelves (shard, sku, variant_id, product_id, quarter, version, on_hand)
  values (?, ?, ?, ?, ?, ?, ?) using timestamp ?`;
const SHELVES = 'select * from shelves where shard = ?';
const COUNTS = 'select quarter, version, on_hand from counts where sku = ? and quarter >= ? and quarter < ?';
const COUNT_BEFORE = 'select quarter, version, on_hand from counts where sku = ? and quarter < ? limit 1';
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
    shopper: z.string().optional(),
    currency: z.string(),
    totalMinor: z.int(),
    taxMinor: z.int(),
    shippingMinor: z.int(),
    lines: z.array(Line),
  }),
  z.object({
    ...happened,
    kind: z.literal('surcharge'),
    orderId: z.string(),
    currency: z.string(),
    totalMinor: z.int(),
    taxMinor: z.int(),
  }),
  z.object({ ...happened, kind: z.literal('cancellation'), orderId: z.string() }),
  z.object({
    ...happened,
    kind: z.literal('refund'),
    orderId: z.string(),
    currency: z.string(),
    amountMinor: z.int(),
  }),
  z.object({ ...happened, kind: z.literal('confirmation'), orderId: z.string() }),
  z.object({
    ...happened,
    kind: z.literal('views'),
    productId: z.string(),
    views: z.int(),
    sessionId: z.string().optional(),
    source: z.enum(SOURCES).optional(),
  }),
  z.object({
    ...happened,
    kind: z.literal('search'),
    sessionId: z.string(),
    term: z.string().optional(),
    hits: z.int(),
  }),
  z.object({
    ...happened,
    kind: z.literal('count'),
    sku: z.string(),
    productId: z.string(),
    variantId: z.string(),
    version: z.int(),
    onHand: z.int(),
  }),
  z.object({
    ...happened,
    kind: z.literal('step'),
    sessionId: z.string(),
    step: z.enum(['cart', 'checkout', 'order']),
    orderId: z.string().optional(),
  }),
]);
const StoredSales = z.array(
  z.object({
    currency: z.string(),
    orders: z.int(),
    units: z.int(),
    lines: z.int(),
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

const StoredFunnel = z.object({
  visits: z.int(),
  views: z.int(),
  carts: z.int(),
  checkouts: z.int(),
  orders: z.int(),
  paid: z.int(),
});
const StoredSources = z.array(z.object({ source: z.enum(SOURCES), visits: z.int(), paid: z.int() }));
const StoredTerms = z.array(z.object({ term: z.string(), searches: z.int(), withoutResults: z.int() }));
const StoredCustomers = z.array(
  z.object({
    placed: z.coerce.date(),
    orders: z.int(),
    first: z.coerce.date().optional(),
    previous: z.coerce.date().optional(),
  }),
);
const StoredUnits = z.array(z.object({ variantId: z.string(), units: z.int() }));
const whole = z.instanceof(types.Long).transform((long) => long.toNumber());
const anId = z.instanceof(types.Uuid).transform((id) => id.toString());
const CountRow = z.object({ quarter: z.date(), version: whole, on_hand: whole });
const ShelfRow = CountRow.extend({ sku: z.string(), variant_id: anId, product_id: anId });
const countOf = ({ quarter, version, on_hand }: z.infer<typeof CountRow>): Count => ({
  at: quarter,
  version,
  onHand: on_hand,
});
const CustomerRow = z.object({ placed: z.date(), order_id: z.instanceof(types.Uuid), mark: z.string() });
const VisitRows = z.array(
  z.object({ began: z.date(), session_id: z.instanceof(types.Uuid), mark: z.string() }),
);

/** Of a quarter of an hour; shoppers choose the texts, and could make any number of them. */
const MOST_TERMS = 1_000;

const read = (body: unknown): Fact => StoredFact.parse(JSON.parse(z.string().parse(body)));
const uuid = (id: string): types.Uuid => types.Uuid.fromString(id);
const dayOf = (at: Date): types.LocalDate => types.LocalDate.fromString(at.toISOString().slice(0, 10));
const quarterOf = (at: Date): Date => new Date(Math.floor(at.getTime() / QUARTER_MS) * QUARTER_MS);
/** By the random end of the ID. */
const shardOf = (factId: string): number => parseInt(factId.slice(-4), 16) % SHARDS;
/** SKUs are texts that people choose. */
const shardOfSku = (sku: string): number => createHash('sha1').update(sku).digest().readUInt8() % SHARDS;
const orderIdOf = (fact: Fact): string | undefined => ('orderId' in fact ? fact.orderId : undefined);

type Mark = readonly [sessionId: string, mark: string];

/** What a fact alone says about its visit. */
const marksOf = (fact: Fact): readonly Mark[] => {
  if (!isOfVisit(fact)) return [];
  const { sessionId } = fact;
  const stage: Mark = [sessionId, STAGES[stageOf(fact)] ?? 'visits'];
  return fact.kind === 'views' && fact.source !== undefined
    ? [stage, [sessionId, `from:${fact.source}`]]
    : [stage];
};

const says = (order: readonly Fact[], kind: Fact['kind']): boolean =>
  order.some((fact) => fact.kind === kind);
/** Marks `paid` and `unpaid` by all that is known about an order. */
const paymentOf = (order: readonly Fact[]): readonly string[] => [
  ...(says(order, 'confirmation') ? ['paid'] : []),
  ...(says(order, 'cancellation') ? ['unpaid'] : []),
];

/** What all that is known about an order says about the visits in which it was placed. */
const marksOfOrder = (order: readonly Fact[]): readonly Mark[] =>
  order
    .filter(isOfVisit)
    .flatMap((fact) =>
      paymentOf(order).map((mark) => [fact.sessionId, `${mark}:${orderIdOf(fact)}`] as const),
    );

const isCount = (fact: Fact): fact is FactOf<'count'> => fact.kind === 'count';
const isOrder = (fact: Fact): fact is FactOf<'order'> => fact.kind === 'order';

/** Of a quarter of an hour, in which all orders with the same history are one. */
const addPaid = (paid: readonly PaidOrders[]): readonly PaidOrders[] => {
  const quarter = (at: Date | undefined): Date | undefined => at && quarterOf(at);
  const inQuarters = paid.map(({ placed, first, previous }) => ({
    placed: quarterOf(placed),
    first: quarter(first),
    previous: quarter(previous),
  }));
  return [...Map.groupBy(inQuarters, (one) => JSON.stringify(one)).values()].flatMap(([one, ...others]) =>
    one ? [{ ...one, orders: others.length + 1 }] : [],
  );
};

const summaryOf = (began: Date, marks: ReadonlySet<string>): VisitSummary => ({
  began,
  stage: Math.max(
    0,
    ...[...marks].map((mark) => {
      const [kind = '', order = ''] = mark.split(':');
      return kind === 'paid' && marks.has(`unpaid:${order}`)
        ? 0
        : STAGES.findIndex((stage) => stage === kind);
    }),
  ),
  sources: new Set(SOURCES.filter((source) => marks.has(`from:${source}`))),
});

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
  for (const column of COLUMNS) await client.execute(`alter table ${options.keyspace}.${column}`);
  await client.execute(`use ${options.keyspace}`);
  return cassandraWarehouse(client);
};

/** Of all pages. */
const rowsOf = async (result: Promise<types.ResultSet>): Promise<readonly unknown[]> => {
  const rows: unknown[] = [];
  for await (const row of await result) rows.push(row);
  return rows;
};

/** Some at once, in the order of the items. */
const inTurns = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> => {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE)
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  return results;
};

const cassandraWarehouse = (client: Client): Warehouse => {
  const marker = types.Uuid.random();

  /**
   * Writes rows of one partition together, which is one write for the server.
   * @param keys of how many parameters, from the first on, the key of the partition consists
   */
  const writeAll = async (
    query: string,
    keys: number,
    rows: readonly (readonly unknown[])[],
  ): Promise<void> => {
    const partitions = Map.groupBy(rows, (row) => row.slice(0, keys).join());
    const batches = [...partitions.values()].flatMap((all) =>
      Array.from({ length: Math.ceil(all.length / ROWS) }, (_, index) =>
        all.slice(index * ROWS, (index + 1) * ROWS).map((row) => ({ query, params: [...row] })),
      ),
    );
    await inTurns(batches, (batch) => client.batch(batch, { prepare: true, logged: false }));
  };

  /** All that is known about these orders. */
  const aboutOrders = async (orderIds: readonly string[]): Promise<readonly (readonly Fact[])[]> =>
    inTurns(orderIds, async (orderId) => {
      const { rows } = await client.execute(ORDER_FACTS, [uuid(orderId)]);
      return rows.map((row) => read(row['body']));
    });

  /** The orders of a customer: when each was placed, by its ID, with its marks. */
  const ordersOf = async (customer: string) => {
    const found = await client.execute(CUSTOMER, [uuid(customer)]);
    const orders = new Map<string, { readonly placed: Date; readonly marks: Set<string> }>();
    for await (const row of found) {
      const { placed, order_id, mark } = CustomerRow.parse(row);
      const order = orders.get(order_id.toString()) ?? { placed, marks: new Set() };
      orders.set(order_id.toString(), order);
      order.marks.add(mark);
    }
    return [...orders].map(([orderId, order]) => ({ orderId, ...order }));
  };

  /**
   * Returns when those orders were placed whose history may be another now: these, and later ones. Of two instances that add orders of
   * one customer, at least one sees both.
   */
  const addToCustomers = async (orders: readonly (readonly Fact[])[]): Promise<readonly Date[]> => {
    const known = orders.flatMap((order) =>
      order.filter(isOrder).map((fact) => ({ fact, marks: paymentOf(order) })),
    );
    const changed = known.filter(({ marks }) => marks.length > 0).map(({ fact }) => fact);
    await writeAll(
      ADD_CUSTOMER,
      1,
      known.flatMap(({ fact: { shopper, at, orderId }, marks }) =>
        shopper === undefined ? [] : marks.map((mark) => [uuid(shopper), at, uuid(orderId), mark]),
      ),
    );
    const later = await inTurns(changed, async ({ shopper, at }) =>
      shopper === undefined
        ? [at]
        : (await ordersOf(shopper)).map(({ placed }) => placed).filter((placed) => placed >= at),
    );
    return later.flat();
  };

  /** The paid ones of a quarter's orders. */
  const paidAmong = async (facts: readonly Fact[]): Promise<readonly PaidOrders[]> => {
    const byCustomer = [...Map.groupBy(facts.filter(isOrder), ({ shopper }) => shopper)];
    const paid = await inTurns(byCustomer, async ([shopper, placed]) => {
      const ids = placed.map(({ orderId }) => orderId);
      if (shopper === undefined) return paidOrdersIn((await aboutOrders(ids)).flat());
      const known = (await ordersOf(shopper)).filter(({ marks }) => !marks.has('unpaid'));
      return historyOf(known).filter(({ orderId }) => ids.includes(orderId));
    });
    return addPaid(paid.flat());
  };

  const append = async (facts: readonly Fact[]): Promise<void> => {
    const ofOrders = facts.flatMap((fact) => {
      const orderId = orderIdOf(fact);
      return orderId === undefined ? [] : [{ fact, orderId }];
    });
    await writeAll(
      ADD_ORDER_FACT,
      1,
      ofOrders.map(({ fact, orderId }) => [uuid(orderId), uuid(fact.factId), JSON.stringify(fact)]),
    );
    // Of two instances that add facts about one order, at least one sees both.
    const orders = await aboutOrders([...new Set(ofOrders.map(({ orderId }) => orderId))]);
    const voided = orders.filter((order) => says(order, 'cancellation')).flat();
    const key = ({ at, factId }: Fact): readonly unknown[] => [dayOf(at), shardOf(factId), at, uuid(factId)];
    const said = Map.groupBy(
      [...facts.flatMap(marksOf), ...orders.flatMap(marksOfOrder)],
      ([sessionId]) => sessionId,
    );
    const visits = [...said].map(([sessionId, marks]) => ({
      sessionId,
      marks: [...new Set(marks.map(([, mark]) => mark))].sort(),
      began: timeOf(sessionId) ?? new Date(0),
    }));
    const counts = facts.filter(isCount);
    const [repeated] = await Promise.all([
      addToCustomers(orders),
      writeAll(
        ADD_FACT,
        2,
        facts.map((fact) => [...key(fact), JSON.stringify(fact)]),
      ),
      writeAll(
        ADD_COUNT,
        1,
        counts.map(({ sku, at, version, onHand }) => [sku, quarterOf(at), version, onHand, version]),
      ),
      writeAll(
        ADD_SHELF,
        1,
        counts.map(({ sku, variantId, productId, at, version, onHand }) => [
          shardOfSku(sku),
          sku,
          uuid(variantId),
          uuid(productId),
          quarterOf(at),
          version,
          onHand,
          version,
        ]),
      ),
      writeAll(ADD_VOID, 2, voided.map(key)),
      writeAll(
        ADD_VISIT,
        2,
        visits.map(({ sessionId, marks, began }) => [
          dayOf(began),
          shardOf(sessionId),
          began,
          uuid(sessionId),
          marks.join(' '),
        ]),
      ),
    ]);
    const moments = [
      ...[...facts, ...voided].map(({ at }) => at),
      ...visits.map(({ began }) => began),
      ...repeated,
    ];
    const quarters = new Set(moments.map((at) => quarterOf(at).getTime()));
    await writeAll(
      ADD_MARK,
      0,
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

  const visitsFrom = async (quarter: Date): Promise<readonly VisitSummary[]> => {
    const end = new Date(quarter.getTime() + QUARTER_MS);
    const shards = await Promise.all(
      Array.from({ length: SHARDS }, async (_, shard) => {
        const found = await client.execute(VISITS, [dayOf(quarter), shard, quarter, end]);
        const rows: unknown[] = [];
        for await (const row of found) rows.push(row);
        return VisitRows.parse(rows);
      }),
    );
    return [...Map.groupBy(shards.flat(), ({ session_id }) => session_id.toString()).values()].map((rows) =>
      summaryOf(rows[0]?.began ?? quarter, new Set(rows.flatMap(({ mark }) => mark.split(' ')))),
    );
  };

  /** Of two instances that do so at once, one is late, and leaves the sums of the other. */
  const addUp = async (quarter: Date): Promise<void> => {
    const day = dayOf(quarter);
    const { rows } = await client.execute(VERSION, [day, quarter]);
    const [facts, visits] = await Promise.all([factsIn(quarter), visitsFrom(quarter)]);
    const period: Period = { bounds: [quarter, new Date(quarter.getTime() + QUARTER_MS)] };
    const sales = salesByCurrency(1, countSales(facts, period)).map(({ currency, total }) => ({
      currency,
      ...total,
    }));
    const sums = [
      sales,
      countProducts(facts, period),
      funnelOf(visits),
      sourcesOf(visits),
      countTerms(facts, period).slice(0, MOST_TERMS),
      await paidAmong(facts),
      countUnits(facts, period),
    ].map((sum) => JSON.stringify(sum));
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
      await writeAll(
        REMOVE_MARK,
        0,
        of.map((mark) => [mark.written, mark.quarter, mark.marker]),
      );
    }
  };

  const sumsIn = async <T>(
    { bounds }: Period,
    column: (typeof SUMS)[number],
    body: z.ZodType<T>,
  ): Promise<readonly { readonly quarter: Date; readonly sums: T }[]> => {
    const [first, last] = [bounds[0] ?? new Date(0), bounds.at(-1) ?? new Date(0)];
    const days: Date[] = [];
    for (let at = Date.parse(first.toISOString().slice(0, 10)); at < last.getTime(); at += 96 * QUARTER_MS)
      days.push(new Date(at));
    const query = `select quarter, ${column} as body from sums where day = ? and quarter >= ? and quarter < ?`;
    const readDay = async (day: Date) => {
      const { rows } = await client.execute(query, [dayOf(day), first, last]);
      return rows.map((row) => ({
        quarter: z.date().parse(row['quarter']),
        sums: body.safeParse(JSON.parse(z.string().nullable().parse(row['body']) ?? 'null')),
      }));
    };
    const ofDay = async (day: Date) => {
      const before = await readDay(day);
      // Sums of an earlier release lack something.
      const outdated = before.filter(({ sums }) => !sums.success);
      for (const { quarter } of outdated) await addUp(quarter);
      const found = outdated.length === 0 ? before : await readDay(day);
      return found.map(({ quarter, sums: { data, error } }) => {
        if (data === undefined) throw new Error('sums cannot be read', { cause: error });
        return { quarter, sums: data };
      });
    };
    return (await inTurns(days, ofDay)).flat();
  };

  /** The counts of a SKU before the end of the period; of those before its beginning, the last. */
  const countsOf = async (sku: string, from: Date, to: Date): Promise<readonly Count[]> => {
    const [within, before] = await Promise.all([
      rowsOf(client.execute(COUNTS, [sku, from, to])),
      rowsOf(client.execute(COUNT_BEFORE, [sku, from])),
    ]);
    return [...within, ...before].map((row) => countOf(CountRow.parse(row)));
  };

  const stockIn = async (period: Period): Promise<readonly SkuStock[]> => {
    const [from, to] = [period.bounds[0] ?? new Date(0), period.bounds.at(-1) ?? new Date(0)];
    const sums = await sumsIn(period, 'variants', StoredUnits);
    const sold = addUnits(sums.flatMap((one) => one.sums));
    const units = new Map(sold.map((one) => [one.variantId, one.units]));
    const shards = await Promise.all(
      Array.from({ length: SHARDS }, (_, shard) => rowsOf(client.execute(SHELVES, [shard]))),
    );
    const shelves = z.array(ShelfRow).parse(shards.flat());
    const found = await inTurns([...Map.groupBy(shelves, ({ sku }) => sku)], async ([sku, rows]) => {
      const last = rows.map((row) => ({
        ...countOf(row),
        productId: row.product_id,
        variantId: row.variant_id,
      }));
      // No count is newer than the last, so few SKUs need to be asked about that do not sell.
      const counts = last.every(({ at }) => at < from) ? last : await countsOf(sku, from, to);
      return counts.length === 0 ? [] : [{ ...soldBy(sku, last, units), ...heldOver(counts, period) }];
    });
    return found.flat();
  };

  const paidOrders = async (period: Period): Promise<readonly PaidOrders[]> =>
    (await sumsIn(period, 'customers', StoredCustomers)).flatMap(({ sums }) => sums);

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
    funnel: (period) =>
      available(
        catchUp().then(async () => {
          const found = await sumsIn(period, 'funnel', StoredFunnel);
          const buckets = Map.groupBy(found, ({ quarter }) => bucketOf(period, quarter));
          return [...buckets].flatMap(([bucket, quarters]) => {
            const funnel = quarters.map(({ sums }) => sums).reduce(addFunnels, NO_VISITS);
            return bucket === undefined || funnel.visits === 0 ? [] : [{ bucket, ...funnel }];
          });
        }),
      ),
    sources: (period) =>
      available(
        catchUp().then(async () => {
          const found = await sumsIn(period, 'sources', StoredSources);
          return addSources(found.map(({ sums }) => sums));
        }),
      ),
    searches: (period, choice) =>
      available(
        catchUp().then(async () => {
          const found = await sumsIn(period, 'searches', StoredTerms);
          return topTerms(addTerms(found.map(({ sums }) => sums)), choice);
        }),
      ),
    customers: (period) =>
      available(catchUp().then(async () => customersIn(await paidOrders(period), period))),
    returning: (period) =>
      available(catchUp().then(async () => returningIn(await paidOrders(period), period))),
    stock: (period) => available(catchUp().then(() => stockIn(period))),
    newest: () =>
      available(client.execute(NEWEST).then(({ rows }) => z.date().optional().parse(rows[0]?.['moment']))),
    keepUp: () => available(catchUp()),
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
