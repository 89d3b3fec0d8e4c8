import {
  type CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { Sql, SqlDatabase, SqlSession } from './sql.ts';

class Connection implements DatabaseConnection {
  session: SqlSession | undefined;
  readonly #database: Sql;

  constructor(database: Sql) {
    this.#database = database;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changed } = await (this.session ?? this.#database).run<Row>(sql, parameters);
    return { rows, numAffectedRows: BigInt(changed) };
  }

  // oxlint-disable-next-line require-yield -- required by the interface, nothing here streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    await Promise.reject(new Error('streaming is not supported'));
  }
}

/** A driver that uses our pool, so that MikroORM opens no connections. */
const driverOn = (connect: () => Connection, database: SqlDatabase | undefined): Driver => ({
  init: () => Promise.resolve(),
  acquireConnection: () => Promise.resolve(connect()),
  beginTransaction: async (connection) => {
    if (connection instanceof Connection && database) connection.session = await database.begin();
  },
  commitTransaction: async (connection) => {
    if (connection instanceof Connection && database) await connection.session?.commit();
  },
  rollbackTransaction: async (connection) => {
    if (connection instanceof Connection && database) await connection.session?.rollback();
  },
  releaseConnection: () => Promise.resolve(),
  destroy: () => Promise.resolve(),
});

const dialectOf = (driver: Driver): Dialect => ({
  createDriver: () => driver,
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db) => new PostgresIntrospector(db),
});

/** Kysely, and through it MikroORM, on our pool. */
export const dialectOn = (database: SqlDatabase): Dialect =>
  dialectOf(driverOn(() => new Connection(database), database));

/** Kysely inside a unit of work: its BEGIN and COMMIT are the unit's. */
export const dialectWithin = (session: Sql): Dialect =>
  dialectOf(driverOn(() => new Connection(session), undefined));
