import { firstRows } from '#adapters/postgres/first-rows.ts';
import type { Sql } from '#adapters/postgres/sql.ts';

/** A page of a list whose index has the order, but not all of the conditions. */
export interface FilteredPage {
  /** The table with the index, called `s` in the clauses. */
  readonly table: string;
  /** Joins `catalog.products as p`, if that is another table. */
  readonly join: string;
  readonly columns: string;
  /** Conditions on `s` that the index has. */
  readonly range: readonly string[];
  readonly filters: readonly string[];
  readonly column: string;
  readonly direction: 'asc' | 'desc';
  readonly limit: number;
  readonly params: readonly unknown[];
}

/** Numbers of rows. */
export interface Bounds {
  /** Read in the order of the list, in the hope that enough of them pass. */
  readonly near: number;
  readonly far: number;
  readonly farthest: number;
  /** Pass, and are all sorted. */
  readonly sorted: number;
}

const BOUNDS: Bounds = { near: 500, far: 8_000, farthest: 32_000, sorted: 2_000 };

/**
 * Rows that pass the filters, in order. Statistics say little about rare words, and nothing about words and orders together, so the way
 * does not depend on them. If many rows pass, the first ones of the list contain enough, or the next ones do. If few pass,
 * all of them are sorted. Otherwise more of the list is read: where 2,000 of a million rows pass, 12,500 contain a page.
 */
export const readFiltered = async <Row extends object>(
  sql: Pick<Sql, 'query'>,
  page: FilteredPage,
  bounds = BOUNDS,
): Promise<Row[]> => {
  const { table, join, columns, range, filters, column, direction, limit } = page;
  const params = [...page.params, limit];
  const end = `order by s.${column} ${direction}, s.product_id ${direction}`;
  const where = (conditions: readonly string[]): string => `where ${['true', ...conditions].join(' and ')}`;
  const read = (source: string, conditions: readonly string[]): Promise<Row[]> =>
    sql.query<Row>(
      firstRows(`select ${columns} from ${source} ${join} ${where(conditions)} ${end}`, `$${params.length}`),
      params,
    );
  const first = (rows: number): Promise<Row[]> =>
    read(`(select * from ${table} as s ${where(range)} ${end} limit ${rows}) as s`, filters);
  const passing = async (): Promise<Row[] | undefined> => {
    // The plan of `every` does not hope that the limit ends it early, but it does.
    const rows = await sql.query<Row & { readonly hits: number }>(
      `with every as materialized (select s.product_id from ${table} as s ${join} ${where([...range, ...filters])}),
         hit as materialized (select * from every limit ${bounds.sorted + 1})
       select ${columns}, (select count(*) from hit) as hits from hit join ${table} as s using (product_id) ${join}
       ${where(range)} ${end} limit $${params.length}`,
      params,
    );
    return (rows[0]?.hits ?? 0) > bounds.sorted ? undefined : rows;
  };
  const isFull = (rows: readonly Row[]): boolean => rows.length === limit;
  if (filters.length === 0) return read(`${table} as s`, range);
  const near = await first(bounds.near);
  if (isFull(near)) return near;
  // One that passed says little about how many do, and to find all of them costs much more than these rows.
  const far = near.length > 0 ? await first(bounds.far) : [];
  if (isFull(far)) return far;
  const few = await passing();
  if (few) return few;
  const farthest = await first(bounds.farthest);
  if (isFull(farthest)) return farthest;
  return read(`${table} as s`, [...range, ...filters]);
};
