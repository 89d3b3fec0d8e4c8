import type { Sql } from '#adapters/postgres/sql.ts';
import type { PopularQuery } from '../../core/domain/popular-query.ts';
import { MOST_PER_DAY, type QueryCounts } from '../../core/ports/query-counts.ts';

export const postgresQueryCounts = (sql: Sql): QueryCounts => ({
  add: async (day, counts) => {
    await sql.query(ADD, [day, [...counts.keys()], [...counts.values()], MOST_PER_DAY]);
  },
  mostFrequent: (after, least, limit) => sql.query<PopularQuery>(MOST_FREQUENT, [after, least, limit]),
  forget: async (day) => {
    await sql.query('delete from search.queries where day <= $1::date', [day]);
  },
});

/** Sorted by query: statements that change the same rows lock them in the same order. */
const ADD = `
  with counted as (
    select query, new.count, known.query is not null as is_known,
      row_number() over (partition by known.query is null order by new.count desc, query collate "C") as place
    from unnest($2::text[], $3::bigint[]) as new (query, count)
    left join (select query from search.queries where day = $1::date) as known using (query)
  )
  insert into search.queries as stored (day, query, count)
  select $1::date, query, count from counted
  where is_known or place <= $4 - (select count(*) from search.queries where day = $1::date)
  order by query
  on conflict (day, query) do update set count = stored.count + excluded.count`;

const MOST_FREQUENT = `
  select query, sum(count)::bigint as count from search.queries where day > $1::date
  group by query having sum(count) >= $2 order by sum(count) desc, query collate "C" limit $3`;
