/**
 * `npm run bench -- analytics [--events N] [--history N] [--file PATH]`: facts per second into each warehouse, in batches of 1,000, and how
 * long charts of 90 days take over a history of `N` facts in DuckDB. Cassandra is measured where `CASSANDRA_CONTACTS` names a node. With
 * `--file`, the history is kept there, and one that is there already is read.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openCassandraWarehouse } from '#analytics/adapters/cassandra/cassandra-warehouse.ts';
import { openDuckdbWarehouse } from '#analytics/adapters/duckdb/duckdb-warehouse.ts';
import { memoryWarehouse } from '#analytics/adapters/memory/memory-warehouse.ts';
import type { Fact } from '#analytics/core/domain/fact.ts';
import { calendarOf, periodOf, type Period } from '#analytics/core/domain/period.ts';
import { SOURCES } from '#analytics/core/domain/source.ts';
import type { Warehouse } from '#analytics/core/ports/warehouse.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY, MINUTE } from '#kernel/clock.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { table } from '#scripts/lib/table.ts';

const { values, positionals } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    history: { type: 'string', default: '10000000' },
    file: { type: 'string' },
  },
  allowPositionals: true,
});
const [events, history] = [Number(values.events), Number(values.history)];
if (positionals.join() !== 'analytics' || !(events > 0) || !(history > 0)) {
  console.error('usage: npm run bench -- analytics [--events N] [--history N] [--file PATH]');
  process.exit(2);
}

const [BATCH, DAYS, PRODUCTS, SHOPPERS, READS] = [1_000, 90, 1_000, 50_000, 20];
const FIRST = Date.parse('2026-01-01T00:00:00Z');

/** The same numbers in every run. */
let state = 42;
const below = (limit: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};
const productId = (number: number): string => `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const shopperId = (number: number): string => `0190a000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A visit of ten facts, one in ten of which ends with an order that is confirmed. */
const visitAt = (began: number): readonly Fact[] => {
  const sessionId = uuidv7(
    began,
    Uint8Array.from({ length: 10 }, () => below(256)),
  );
  const at = (): Date => new Date(began + below(20 * MINUTE));
  const one = () => ({ factId: systemIds.next(), at: at() });
  const views = Array.from({ length: 7 }, (): Fact => {
    const source = SOURCES[below(SOURCES.length)] ?? 'direct';
    return { ...one(), kind: 'views', productId: productId(below(PRODUCTS)), views: 1, sessionId, source };
  });
  const search: Fact = { ...one(), kind: 'search', sessionId, term: `word ${below(500)}`, hits: below(4) };
  if (below(10) > 0) return [...views, search, ...[1, 2].map((): Fact => ({ ...one(), kind: 'step', sessionId, step: 'cart' }))]; // prettier-ignore
  const orderId = systemIds.next();
  const line = {
    productId: productId(below(PRODUCTS)),
    variantId: productId(1),
    quantity: 1,
    totalMinor: 1_999,
  };
  return [
    ...views,
    { ...one(), kind: 'step', sessionId, step: 'order', orderId },
    { ...one(), kind: 'order', orderId, shopper: shopperId(below(SHOPPERS)), currency: 'EUR', totalMinor: 2_489, taxMinor: 397, shippingMinor: 490, lines: [line] },
    { ...one(), kind: 'confirmation', orderId },
  ]; // prettier-ignore
};

/** In the order in which they happen, over all days. Returns the seconds that appending takes, without that of making the facts. */
const fill = async (warehouse: Warehouse, count: number): Promise<number> => {
  let ms = 0;
  for (let done = 0; done < count; done += BATCH) {
    const facts = Array.from({ length: BATCH / 10 }, (_, index) =>
      visitAt(FIRST + Math.floor(((done / 10 + index) / (count / 10)) * (DAYS - 1) * DAY)),
    ).flat();
    const before = performance.now();
    await warehouse.append(facts);
    ms += performance.now() - before;
    if (done > 0 && done % 1_000_000 === 0) console.log(`${done} facts`);
  }
  return ms / 1_000;
};

const folder = mkdtempSync(join(tmpdir(), 'bench-analytics-'));
const OPEN: Readonly<Record<string, { readonly target: number; readonly open: () => Promise<Warehouse> }>> = {
  memory: { target: 20_000, open: () => Promise.resolve(memoryWarehouse()) },
  duckdb: { target: 20_000, open: () => openDuckdbWarehouse(join(folder, 'speed')) },
  ...(process.env['CASSANDRA_CONTACTS'] !== undefined && {
    cassandra: {
      target: 4_000,
      open: () =>
        openCassandraWarehouse({
          contacts: (process.env['CASSANDRA_CONTACTS'] ?? '').split(','),
          dataCenter: 'datacenter1',
          keyspace: `bench_${process.pid}`,
          replication: 1,
          timeoutMs: 60_000,
          isEncrypted: false,
        }),
    },
  }),
};

const p95 = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length * 0.95) - 1] ?? NaN;

try {
  const speeds: string[][] = [];
  for (const [name, { target, open }] of Object.entries(OPEN)) {
    const warehouse = await open();
    await fill(warehouse, Math.min(events, 10_000)); // warm
    const seconds = await fill(warehouse, events);
    speeds.push([name, (events / seconds).toFixed(0), String(target)]);
    await warehouse.close();
  }
  console.log(table(['warehouse', 'facts/s', 'target'], speeds));

  const period = periodOf({
    from: '2026-01-01',
    to: '2026-03-31',
    granularity: 'day',
    timeZone: 'Europe/Berlin',
  });
  if (!period.ok) throw new Error(period.error.detail);
  const weeks = calendarOf({ to: '2026-03-31', length: 'week', count: 13, timeZone: 'Europe/Berlin' });
  const file = values.file ?? join(folder, 'history');
  const isFilled = existsSync(file);
  const warehouse = await openDuckdbWarehouse(file);
  if (!isFilled) await fill(warehouse, history);
  const charts: Readonly<Record<string, (over: Period) => Promise<unknown>>> = {
    sales: (over) => warehouse.sales(over),
    funnel: (over) => warehouse.funnel(over),
    sources: (over) => warehouse.sources(over),
    'top products': (over) => warehouse.topProducts(over, 10),
    searches: (over) => warehouse.searches(over, { isWithoutResults: false, limit: 10 }),
    customers: (over) => warehouse.customers(over),
    cohorts: () => warehouse.returning(weeks.period),
    'as of': () => warehouse.newest(),
  };
  const rows: string[][] = [];
  for (const [name, read] of Object.entries(charts)) {
    const times: number[] = [];
    for (let index = 0; index < READS; index += 1) {
      const before = performance.now();
      await read(period.value);
      times.push(performance.now() - before);
    }
    rows.push([name, p95(times).toFixed(0), '300']);
  }
  console.log(table([`90 days of ${history} facts`, 'p95 ms', 'target'], rows));
  await warehouse.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
