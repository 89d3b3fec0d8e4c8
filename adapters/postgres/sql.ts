import { StoreUnavailable, type Lock } from '../messaging/stores.ts';

/** A PostgreSQL connection: a server's pool or PGlite. Parameters are `$1`, `$2`, … */
export interface Sql {
  /** Rows of one statement. int8 comes as a number, timestamptz as a Date, jsonb parsed. */
  query<Row>(text: string, params?: readonly unknown[]): Promise<Row[]>;
  /** The same for a mapper, which also needs the number of changed rows. */
  run<Row>(text: string, params?: readonly unknown[]): Promise<SqlResult<Row>>;
}

export interface SqlResult<Row> {
  readonly rows: Row[];
  /** Inserted, updated or deleted. */
  readonly changed: number;
}

/** Both query methods, from the one with more detail. */
export const sqlFrom = (run: Sql['run']): Sql => ({
  run,
  query: async <Row>(text: string, params?: readonly unknown[]) => (await run<Row>(text, params)).rows,
});

/** A separate connection, inside BEGIN … COMMIT. */
export interface SqlSession extends Sql {
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

export interface SqlDatabase extends Sql {
  /** How many aggregates a unit should save at most, where statements block this process. */
  readonly aggregatesPerUnit?: number;
  begin(): Promise<SqlSession>;
  /** Runs a script of several statements, outside any transaction. */
  script(text: string): Promise<void>;
  /** Undefined if it is already held. One holder per name and database. */
  tryLock(name: string): Promise<Lock | undefined>;
  close(): Promise<void>;
}

/** SQLSTATE of a failed statement, on either driver. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

export const UNIQUE_VIOLATION = '23505';
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
/** Raised by each schema's `conflict()` function. */
export const VERSION_CONFLICT = 'SH409';

/** The statement lost a race and may be retried. */
export const isTransient = (error: unknown): boolean => {
  const state = sqlState(error);
  return state === SERIALIZATION_FAILURE || state === DEADLOCK;
};

/** A broken connection, for which drivers have no SQLSTATE. */
export class ConnectionLost extends StoreUnavailable {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'ConnectionLost';
  }
}

const AWAY = /^(08|53|57|25P03|55P03|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)/;

/** The store is unavailable, shutting down or too slow; the request itself is fine. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof StoreUnavailable || AWAY.test(sqlState(error) ?? '');
