import { PGlite, types, type Transaction } from '@electric-sql/pglite';
import { breathe } from '../system/breath.ts';
import { sqlFrom, type Sql, type SqlDatabase, type SqlResult, type SqlSession } from './sql.ts';

const parsers = { [types.INT8]: Number, [types.DATE]: (value: string) => value };

const sqlOn = (connection: PGlite | Transaction): Sql =>
  sqlFrom(async <Row>(text: string, params: readonly unknown[] = []): Promise<SqlResult<Row>> => {
    await breathe(); // a query runs in this thread without yielding
    const { rows, affectedRows } = await connection.query<Row>(text, [...params]);
    return { rows, changed: affectedRows ?? 0 };
  });

/** A transaction that ends from outside its callback. */
const openSession = (pglite: PGlite): Promise<SqlSession> =>
  new Promise((opened, failed) => {
    let end: (verdict: 'commit' | 'rollback') => void = () => undefined;
    const verdict = new Promise<'commit' | 'rollback'>((resolve) => {
      end = resolve;
    });
    const closed = pglite.transaction(async (tx: Transaction) => {
      opened({
        ...sqlOn(tx),
        commit: async () => {
          end('commit');
          await closed;
        },
        rollback: async () => {
          end('rollback');
          await closed;
        },
      });
      if ((await verdict) === 'rollback') await tx.rollback();
    });
    closed.catch(failed);
  });

/** Replaces autovacuum and auto-analyze, which PGlite does not have. Takes about 50 ms. */
const VACUUM_EVERY_MS = 10 * 60_000;

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
  const vacuum = setInterval(() => {
    void pglite.query('vacuum (analyze)').catch(() => undefined); // next time, then
  }, VACUUM_EVERY_MS).unref();
  return {
    ...sqlOn(pglite),
    begin: () => openSession(pglite),
    script: async (text) => {
      await pglite.exec(text);
    },
    // The process lock on the folder already makes this process the only one.
    tryLock: () => Promise.resolve({ isHeld: () => true, release: () => Promise.resolve() }),
    close: () => {
      clearInterval(vacuum);
      return pglite.close();
    },
  };
};
