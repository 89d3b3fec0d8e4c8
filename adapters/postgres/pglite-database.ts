import { Mutex, PGlite, types } from '@electric-sql/pglite';
import { breathe } from '../system/breath.ts';
import { PgliteStatements } from './pglite-statements.ts';
import { sqlFrom, type Sql, type SqlDatabase, type SqlSession } from './sql.ts';

const parsers = { [types.INT8]: Number, [types.DATE]: (value: string) => value };

/** A transaction, from BEGIN to its end; the connection is its own for so long. */
const openSession = async (statements: PgliteStatements, sql: Sql, turn: Mutex): Promise<SqlSession> => {
  const release = await turn.acquire();
  let isOver = false;
  const end = async (command: 'commit' | 'rollback'): Promise<void> => {
    if (isOver) return; // after a failed commit, the connection is another caller's
    isOver = true;
    let done: string;
    try {
      done = await statements.command(command);
    } finally {
      release();
    }
    // After a failed statement, PostgreSQL refuses the commit without reporting an error.
    if (done !== command.toUpperCase()) throw new Error('rolled back instead of committed');
  };
  try {
    await statements.command('begin');
  } catch (error) {
    release();
    throw error;
  }
  return { ...sql, commit: () => end('commit'), rollback: () => end('rollback') };
};

/** Replaces autovacuum and auto-analyze, which PGlite does not have. Takes about 50 ms. */
const VACUUM_EVERY_MS = 10 * 60_000;

/** A product with its rows takes about a millisecond, and nothing else runs meanwhile. */
const AGGREGATES_PER_UNIT = 20;

/** PGlite's own setting is 128 MB, all of which stays in memory; what it does not hold is in the page cache. */
const SHARED_BUFFERS = '32MB';

/**
 * PostgreSQL in this process, stored in `folder` (in memory if absent). One connection: units of work queue up, and a read
 * outside a unit waits until the current unit has ended.
 * @param template initial data folder, from `dumpDataDir`; creating a new one takes seconds
 */
export const openPglite = async (folder?: string, template?: Blob): Promise<SqlDatabase> => {
  const pglite = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(template === undefined ? {} : { loadDataDir: template }),
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${SHARED_BUFFERS}`],
    parsers,
  });
  const turn = new Mutex();
  const statements = new PgliteStatements(pglite);
  const inTransaction = sqlFrom(async <Row>(text: string, params: readonly unknown[] = []) => {
    await breathe(); // a statement runs in this thread without yielding
    return statements.run<Row>(text, params);
  });
  const alone = sqlFrom(<Row>(text: string, params?: readonly unknown[]) =>
    turn.runExclusive(() => inTransaction.run<Row>(text, params)),
  );
  const vacuum = setInterval(() => {
    const vacuumed = turn.runExclusive(() => pglite.query('vacuum (analyze)'));
    vacuumed.catch(() => undefined); // next time, then
  }, VACUUM_EVERY_MS).unref();
  return {
    ...alone,
    aggregatesPerUnit: AGGREGATES_PER_UNIT,
    begin: () => openSession(statements, inTransaction, turn),
    script: async (text) => {
      statements.forget();
      await turn.runExclusive(() => pglite.exec(text));
    },
    // The process lock on the folder already makes this process the only one.
    tryLock: () => Promise.resolve({ isHeld: () => true, release: () => Promise.resolve() }),
    close: () => {
      clearInterval(vacuum);
      return pglite.close();
    },
  };
};
