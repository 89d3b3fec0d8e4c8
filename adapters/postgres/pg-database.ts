import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Sql, SqlDatabase, SqlSession } from './sql.ts';

const INT8 = 20;
const DATE = 1082;

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return Number;
    if (oid === DATE) return String;
    return pg.types.getTypeParser(oid, format ?? 'text') as (value: string) => unknown;
  },
} as pg.CustomTypesConfig;

/** Statements are few and repeat, so each is prepared once per connection under a name made of its text. */
const names = new Map<string, string>();
const nameOf = (text: string): string => {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return name;
};

const sqlOn = (client: pg.Pool | pg.PoolClient): Sql => ({
  query: async <Row>(text: string, params: readonly unknown[] = []) => {
    const { rows } = await client.query({ name: nameOf(text), text, values: [...params], types });
    return rows as Row[];
  },
});

export interface PgOptions {
  readonly url: string;
  /** Connections at most. */
  readonly poolSize: number;
  /** Milliseconds after which the server gives a statement up. */
  readonly statementTimeoutMs: number;
  /** Called for errors of idle connections, which are replaced. */
  readonly onError: (error: Error) => void;
}

/** A real PostgreSQL 15+. */
export const openPg = ({ url, poolSize, statementTimeoutMs, onError }: PgOptions): SqlDatabase => {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    statement_timeout: statementTimeoutMs,
    lock_timeout: Math.ceil(statementTimeoutMs / 2),
    idle_in_transaction_session_timeout: statementTimeoutMs * 2,
  });
  pool.on('error', onError);
  const locks = new Set<pg.PoolClient>();

  const begin = async (): Promise<SqlSession> => {
    const client = await pool.connect();
    const finish = async (verb: 'commit' | 'rollback'): Promise<void> => {
      try {
        await client.query(verb);
        client.release();
      } catch (error) {
        client.release(true);
        throw error;
      }
    };
    try {
      await client.query('begin');
    } catch (error) {
      client.release(true);
      throw error;
    }
    return { ...sqlOn(client), commit: () => finish('commit'), rollback: () => finish('rollback') };
  };

  return {
    ...sqlOn(pool),
    begin,
    script: async (text) => {
      await pool.query(text);
    },
    tryLock: async (name) => {
      const client = await pool.connect();
      const { rows } = await client.query<{ got: boolean }>(
        'select pg_try_advisory_lock(hashtext($1)) as got',
        [name],
      );
      if (rows[0]?.got !== true) {
        client.release();
        return undefined;
      }
      locks.add(client);
      return async () => {
        locks.delete(client);
        client.release(true); // ends the session, and its lock with it
        await Promise.resolve();
      };
    },
    close: async () => {
      for (const client of locks) client.release(true);
      locks.clear();
      await pool.end();
    },
  };
};
