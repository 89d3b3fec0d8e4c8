import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import {
  ConnectionLost,
  sqlFrom,
  type Sql,
  type SqlDatabase,
  type SqlResult,
  type SqlSession,
} from './sql.ts';
import { openPipelines, type Queryable } from './pg-pipelines.ts';

const { INT8, DATE } = pg.types.builtins;

const types: pg.CustomTypesConfig = {
  getTypeParser: (type, format) => {
    if (type === INT8) return Number;
    if (type === DATE) return String;
    return pg.types.getTypeParser(type, format) as (value: string) => unknown;
  },
};

/** Statements are few and repeat, so each is prepared once per connection, under a name derived from its text. */
const names = new Map<string, string>();
const nameOf = (text: string): string => {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return name;
};

/** The driver's messages, without a code, for a broken connection or a connection timeout. */
const LOST = /^(Connection (terminated|ended)|Client (was|has)|timeout exceeded|Cannot use a pool)/;

/** Connections for statements that need no transaction. */
const PIPELINES = 3;

/** Vault Agent renews a login while it can, and has another one six minutes or more before it ends. */
const LIFETIME_MS = 300_000;

const fail = (error: unknown): never => {
  throw error instanceof Error && LOST.test(error.message) ? new ConnectionLost(error) : error;
};

const sqlOn = (client: Queryable): Sql =>
  sqlFrom(async <Row>(text: string, params: readonly unknown[] = []): Promise<SqlResult<Row>> => {
    // A text without parameters may contain values and never repeat, so it is not prepared. It would then be sent as a script,
    // which may be several statements; `extended` allows only one.
    const mode = params.length > 0 ? { name: nameOf(text) } : { queryMode: 'extended' };
    const query = { ...mode, text, values: [...params], types };
    const { rows, rowCount } = await client.query(query).catch(fail);
    return { rows: rows as Row[], changed: rowCount ?? 0 };
  });

export interface PgOptions {
  /** `postgres://…`, or the URL of a file that contains it, which may change: it is read for each connection. */
  readonly url: string;
  /** Maximum number of connections. */
  readonly poolSize: number;
  /** Timeout of a statement on the server, and of waiting for a connection, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** Called for broken connections, which are replaced. */
  readonly onError: (error: Error) => void;
  /** For how long a connection is used if its URL may change, in milliseconds: less than an old login lasts after there is a new one. */
  readonly lifetimeMs?: number;
}

const isFile = (url: string): boolean => url.startsWith('file:');

const addressIn = (url: string): string => (isFile(url) ? readFileSync(new URL(url), 'utf8').trim() : url);

/** A PostgreSQL server, version 15 or newer. */
export const openPg = ({
  url,
  poolSize,
  statementTimeoutMs,
  onError,
  lifetimeMs = LIFETIME_MS,
}: PgOptions): SqlDatabase => {
  const config = {
    connectionTimeoutMillis: statementTimeoutMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: Math.ceil(statementTimeoutMs / 2),
    idle_in_transaction_session_timeout: statementTimeoutMs * 2,
  };
  const withAddress = () => ({ ...config, connectionString: addressIn(url) });
  class Client extends pg.Client {
    constructor() {
      super(withAddress());
    }
  }
  const pool = new pg.Pool({
    ...config,
    Client,
    max: poolSize,
    ...(isFile(url) && { maxLifetimeSeconds: lifetimeMs / 1_000 }),
  });
  const pipelines = openPipelines({
    config: withAddress,
    size: PIPELINES,
    lifetimeMs: isFile(url) ? lifetimeMs : undefined,
    onError,
  });
  // Outside the pool the client has no other listener, and an unhandled error event ends the process.
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('error', () => undefined);
  const locks = new Set<() => void>();

  const begin = async (): Promise<SqlSession> => {
    const client = await pool.connect().catch(fail);
    let isOver = false;
    const finish = async (verb: 'commit' | 'rollback'): Promise<void> => {
      if (isOver) return;
      isOver = true;
      let command: string;
      try {
        ({ command } = await client.query(verb));
      } catch (error) {
        client.release(true);
        return fail(error);
      }
      client.release();
      // After a failed statement the server refuses the commit without reporting an error.
      if (command !== verb.toUpperCase()) throw new Error('rolled back instead of committed');
    };
    try {
      await client.query('begin');
    } catch (error) {
      client.release(true);
      return fail(error);
    }
    return { ...sqlOn(client), commit: () => finish('commit'), rollback: () => finish('rollback') };
  };

  return {
    ...sqlOn(pipelines),
    begin,
    script: async (text) => {
      await pool.query(text);
    },
    tryLock: async (name) => {
      const client = await pool.connect().catch(fail);
      const attempt = client.query<{ got: boolean }>('select pg_try_advisory_lock(hashtext($1)) as got', [
        name,
      ]);
      const { rows } = await attempt.catch((error: unknown) => {
        client.release(true);
        return fail(error);
      });
      if (rows[0]?.got !== true) {
        client.release();
        return undefined;
      }
      // Ends the session, and its lock with it.
      const lose = (): void => {
        if (locks.delete(lose)) client.release(true);
      };
      const release = async (): Promise<void> => {
        if (!locks.delete(lose)) return;
        client.off('error', lose);
        const unlocked = client.query('select pg_advisory_unlock(hashtext($1))', [name]);
        client.release(!(await unlocked.then(Boolean, () => false)));
      };
      locks.add(lose);
      client.once('error', lose);
      return { isHeld: () => locks.has(lose), release };
    },
    close: async () => {
      for (const lose of locks) lose();
      await Promise.all([pipelines.close(), pool.end()]);
    },
  };
};
