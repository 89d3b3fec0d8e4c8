import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { StoreUnavailable } from '#adapters/messaging/stores.ts';
import { timeOf } from '#kernel/ids.ts';
import type { Fact } from '../../core/domain/fact.ts';
import { SOURCES, type SourceKind } from '../../core/domain/source.ts';
import { isOfVisit, stageOf } from '../../core/domain/visits.ts';

/** Moments are in microseconds since the epoch, so that the database needs no time zone. */
export const micros = (at: Date): number => at.getTime() * 1_000;

/** Sources are bits of one number, so the order of `SOURCES` does not change. */
export const bitOf = (source: SourceKind): number => 2 ** SOURCES.indexOf(source);

/** Columns with their types. */
const TABLES = {
  orders: {
    order_id: 'uuid',
    shopper: 'uuid',
    moment: 'bigint',
    currency: 'varchar',
    total: 'bigint',
    tax: 'bigint',
    shipping: 'bigint',
    units: 'bigint',
  },
  lines: {
    order_id: 'uuid',
    moment: 'bigint',
    currency: 'varchar',
    product_id: 'uuid',
    variant_id: 'uuid',
    quantity: 'bigint',
    total: 'bigint',
  },
  surcharges: { order_id: 'uuid', moment: 'bigint', currency: 'varchar', total: 'bigint', tax: 'bigint' },
  cancellations: { order_id: 'uuid', moment: 'bigint' },
  refunds: { order_id: 'uuid', moment: 'bigint', currency: 'varchar', amount: 'bigint' },
  views: { product_id: 'uuid', moment: 'bigint', views: 'bigint' },
  confirmations: { order_id: 'uuid', moment: 'bigint' },
  counts: {
    sku: 'varchar',
    product_id: 'uuid',
    variant_id: 'uuid',
    moment: 'bigint',
    version: 'bigint',
    on_hand: 'bigint',
  },
  searches: { moment: 'bigint', term: 'varchar', hits: 'bigint' },
  /** One row for each: when it began and when its latest fact happened, how far it came before payment, and the bits of its sources. */
  visits: { session_id: 'uuid', began: 'bigint', moment: 'bigint', stage: 'bigint', sources: 'bigint' },
  /** Which orders visits placed, as pages say. */
  placements: { session_id: 'uuid', began: 'bigint', order_id: 'uuid' },
} as const;

type Table = keyof typeof TABLES;

/** Those with the moments of facts. */
export const TIMED_TABLES = Object.entries(TABLES).flatMap(([table, columns]) =>
  'moment' in columns ? [table] : [],
);

/** A row for one of the tables. */
type Entry = {
  [T in Table]: readonly [
    table: T,
    row: { readonly [Column in keyof (typeof TABLES)[T]]: string | number | undefined },
  ];
}[Table];

const insertInto = (table: Table, rows: string): string =>
  table === 'visits'
    ? `insert into visits by name
       select session_id, any_value(began) as began, max(moment) as moment, max(stage) as stage, bit_or(sources) as sources
       from (${rows}) group by session_id
       on conflict (session_id) do update set moment = greatest(visits.moment, excluded.moment),
         stage = greatest(visits.stage, excluded.stage), sources = visits.sources | excluded.sources`
    : `insert into ${table} by name ${rows}`;

const create = (table: string, columns: Readonly<Record<string, string>>): string => {
  // DuckDB would pack UUIDs, and then take longer to unpack them than for all the rest of a chart.
  const declared = Object.entries(columns).map(
    ([column, type]) => `${column} ${type}${type === 'uuid' ? ' using compression uncompressed' : ''}`,
  );
  return `create table if not exists ${table} (${declared.join(', ')})`;
};

const SCHEMA = [
  'create table if not exists facts (fact_id uuid primary key)',
  ...Object.entries(TABLES).map(([table, columns]) => create(table, columns)),
  'create unique index if not exists visit_ids on visits (session_id)',
].join(';\n');

const BITS = SOURCES.map((source) => `when '${source}' then ${bitOf(source)}`).join(' ');

/** In files of an earlier release, UUIDs are packed, each fact of a visit has a row, and tables or columns may be missing. */
const upgrade = (earlier: ReadonlySet<string>): string =>
  [
    ...Object.entries(TABLES)
      .filter(([table]) => earlier.has(table))
      .flatMap(([table, columns]) => [
        `alter table ${table} rename to earlier`,
        create(table, columns),
        `insert into ${table} by name from earlier`,
        'drop table earlier',
      ]),
    SCHEMA,
    'create table if not exists steps (session_id uuid, began bigint, moment bigint, stage bigint, source varchar, order_id uuid)',
    insertInto(
      'visits',
      `select session_id, began, moment, stage, case source ${BITS} else 0 end as sources from steps`,
    ),
    insertInto('placements', 'select session_id, began, order_id from steps where order_id is not null'),
    'drop table steps',
  ].join(';\n');

const TableNames = z.array(z.object({ table_name: z.string() }));

/** Makes the tables, or those of an earlier release into these; all or none. */
export const makeTables = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run('begin');
  const found = await connection.runAndReadAll('select table_name from information_schema.tables');
  const tables = new Set(TableNames.parse(found.getRowObjectsJson()).map(({ table_name: name }) => name));
  const isEarlier = tables.has('facts') && !tables.has('visits');
  await connection.run(isEarlier ? upgrade(tables) : SCHEMA);
  await connection.run('commit');
};

const entriesOf = (fact: Fact): readonly Entry[] => {
  const moment = micros(fact.at);
  switch (fact.kind) {
    case 'order': {
      const { orderId: order_id, shopper, currency, lines } = fact;
      const { totalMinor: total, taxMinor: tax, shippingMinor: shipping } = fact;
      const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      return [
        ['orders', { order_id, shopper, moment, currency, total, tax, shipping, units }],
        ...lines.map(({ productId, variantId, quantity, totalMinor }): Entry => {
          const sold = { product_id: productId, variant_id: variantId, quantity, total: totalMinor };
          return ['lines', { order_id, moment, currency, ...sold }];
        }),
      ];
    }
    case 'surcharge': {
      const { orderId: order_id, currency, totalMinor: total, taxMinor: tax } = fact;
      return [['surcharges', { order_id, moment, currency, total, tax }]];
    }
    case 'cancellation':
      return [['cancellations', { order_id: fact.orderId, moment }]];
    case 'refund': {
      const { orderId: order_id, currency, amountMinor: amount } = fact;
      return [['refunds', { order_id, moment, currency, amount }]];
    }
    case 'confirmation':
      return [['confirmations', { order_id: fact.orderId, moment }]];
    case 'views':
      return [['views', { product_id: fact.productId, moment, views: fact.views }], ...visitOf(fact)];
    case 'search':
      return [['searches', { moment, term: fact.term, hits: fact.hits }], ...visitOf(fact)];
    case 'count': {
      const { sku, productId: product_id, variantId: variant_id, version, onHand: on_hand } = fact;
      return [['counts', { sku, product_id, variant_id, moment, version, on_hand }]];
    }
    case 'step':
      return visitOf(fact);
  }
};

const visitOf = (fact: Fact): readonly Entry[] => {
  if (!isOfVisit(fact)) return [];
  const session_id = fact.sessionId;
  const began = micros(timeOf(session_id) ?? fact.at);
  const sources = fact.kind === 'views' && fact.source !== undefined ? bitOf(fact.source) : 0;
  return [
    ['visits', { session_id, began, moment: micros(fact.at), stage: stageOf(fact), sources }],
    ...(fact.kind === 'step' && fact.orderId !== undefined
      ? [['placements', { session_id, began, order_id: fact.orderId }] as const]
      : []),
  ];
};

const FactIds = z.array(z.object({ fact_id: z.string() }));

/** Adds what is not there yet, all or nothing. */
export const appendTo = async (connection: DuckDBConnection, facts: readonly Fact[]): Promise<void> => {
  try {
    await connection.run('begin');
    const byId = new Map(facts.map((fact) => [fact.factId, fact]));
    const added = await connection.runAndReadAll(ADD_FACTS, { ids: JSON.stringify([...byId.keys()]) });
    const fresh = FactIds.parse(added.getRowObjectsJson()).flatMap(({ fact_id: id }) => byId.get(id) ?? []);
    for (const [table, entries] of Map.groupBy(fresh.flatMap(entriesOf), ([name]) => name))
      await connection.run(insertInto(table, rowsOf(table)), {
        rows: JSON.stringify(entries.map(([, row]) => row)),
      });
    await connection.run('commit');
  } catch (error) {
    await connection.run('rollback').catch(() => undefined);
    throw new StoreUnavailable('the warehouse failed', { cause: error });
  }
};

const ADD_FACTS = `insert or ignore into facts select unnest(from_json($ids::json, '["uuid"]')) returning fact_id`;

const rowsOf = (table: Table): string =>
  `select unnest(from_json($rows::json, '${JSON.stringify([TABLES[table]])}'), recursive := true)`;
