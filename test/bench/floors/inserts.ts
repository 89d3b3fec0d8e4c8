/** The floor for orders in the embedded profile: single inserts of about an order's size into the same kind of store. */
import { openPg } from '#adapters/postgres/pg-database.ts';
import { openPglite } from '#adapters/postgres/pglite-database.ts';
import type { Floor } from '../figures.ts';
import { measure } from '../load.ts';

const SECONDS = 3;
const SESSIONS = 16;

/** On PostgreSQL at `pgUrl`, else on a PGlite in `folder`. */
export const insertsPerSecond = async (pgUrl: string | undefined, folder: string): Promise<Floor> => {
  const database =
    pgUrl === undefined
      ? await openPglite(folder)
      : openPg({ url: pgUrl, poolSize: SESSIONS, statementTimeoutMs: 10_000, onError: () => undefined });
  await database.query('create schema if not exists bench');
  await database.query(
    'create table if not exists bench.floor (id bigint generated always as identity primary key, data jsonb not null)',
  );
  const data = JSON.stringify({ filler: 'x'.repeat(2_000) });
  const { perSecond } = await measure({ workers: SESSIONS, seconds: SECONDS }, () =>
    database.query('insert into bench.floor (data) values ($1::jsonb)', [data]),
  );
  await database.query('drop schema bench cascade');
  await database.close();
  return { what: 'inserts of 2 kB', value: perSecond };
};
