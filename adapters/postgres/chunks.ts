import type { Chunks } from '#kernel/chunks.ts';
import type { Sql } from './sql.ts';

/** The table of a service's chunks, for a migration. */
export const chunkTable = (schema: string): string =>
  `create table ${schema}.chunks (
     owner uuid not null,
     kind text not null,
     number integer not null,
     content text not null,
     primary key (owner, kind, number)
   )`;

const encoded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export const postgresChunks = (sql: Sql, schema: string): Chunks => ({
  put: async (owner, kind, number, bytes) => {
    await sql.query(
      `insert into ${schema}.chunks (owner, kind, number, content) values ($1, $2, $3, $4)
       on conflict (owner, kind, number) do update set content = excluded.content`,
      [owner, kind, number, encoded(bytes)],
    );
  },
  after: async (owner, kind, number, limit) => {
    const rows = await sql.query<{ readonly number: number; readonly content: string }>(
      `select number, content from ${schema}.chunks where owner = $1 and kind = $2 and number > $3
       order by number limit $4`,
      [owner, kind, number, limit],
    );
    return rows.map((row) => ({ number: row.number, bytes: Buffer.from(row.content, 'base64') }));
  },
  remove: async (owner, kind, from = 0) => {
    await sql.query(
      `delete from ${schema}.chunks where owner = $1 and ($2::text is null or kind = $2) and number >= $3`,
      [owner, kind ?? null, from],
    );
  },
});
