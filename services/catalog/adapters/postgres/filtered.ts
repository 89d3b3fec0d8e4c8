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

/** Rows that are read in the order of the list, in the hope that enough of them pass. */
const NEAR = 500;
/** Rows that pass, which are all read and sorted. */
const MOST_SORTED = 2_000;

/**
 * Rows that pass the filters, in order. Statistics say little about rare words and nothing about words and orders together, so the way
 * does not depend on them: the first rows of the list contain enough if many rows pass; if few do, all of them are sorted; between
 * the two, the list is read on in its order, 25 of 500,000 rows at the worst of a million.
 */
export const readFiltered = async <Row extends object>(sql: Sql, page: FilteredPage): Promise<Row[]> => {
  const { table, join, columns, range, filters, column, direction, limit, params } = page;
  const order = `s.${column} ${direction}, s.product_id ${direction}`;
  const most = `$${params.length + 1}`;
  const all = (conditions: readonly string[]): string => ['true', ...conditions].join(' and ');
  const inOrder = (bound: string): Promise<Row[]> =>
    sql.query<Row>(
      `select ${columns} from (select * from ${table} as s where ${all(range)} order by ${order} ${bound}) as s ${join}
       where ${all(filters)} order by ${order} limit ${most}`,
      [...params, limit],
    );
  if (filters.length === 0) return inOrder('');
  const near = await inOrder(`limit ${NEAR}`);
  if (near.length === limit) return near;
  // The outer limit ends the inner statement early, without making its plan hope for that.
  const sorted = await sql.query<Row & { readonly hits: number }>(
    `with every as materialized (
       select s.product_id from ${table} as s ${join} where ${all([...range, ...filters])}
     ), hit as materialized (select * from every limit ${MOST_SORTED + 1})
     select ${columns}, (select count(*) from hit) as hits from hit join ${table} as s using (product_id) ${join}
     where ${all(range)} order by ${order} limit ${most}`,
    [...params, limit],
  );
  return (sorted[0]?.hits ?? 0) <= MOST_SORTED ? sorted : inOrder('offset 0');
};
