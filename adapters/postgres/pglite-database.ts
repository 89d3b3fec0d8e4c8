import { PGlite, types, type Transaction } from '@electric-sql/pglite';
import type { SqlDatabase, SqlSession } from './sql.ts';

const parsers = { [types.INT8]: Number, [types.DATE]: (value: string) => value };

/** A transaction whose end is decided from outside its callback. */
const openSession = (pglite: PGlite): Promise<SqlSession> =>
  new Promise((opened, failed) => {
    let end: (verdict: 'commit' | 'rollback') => void = () => undefined;
    const verdict = new Promise<'commit' | 'rollback'>((resolve) => {
      end = resolve;
    });
    const closed = pglite.transaction(async (tx: Transaction) => {
      opened({
        query: async <Row>(text: string, params: readonly unknown[] = []) =>
          (await tx.query<Row>(text, [...params])).rows,
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

/**
 * PostgreSQL in this process, kept in `folder` (in memory when absent). One connection: units of work queue up,
 * and a read outside a unit waits until the unit in hand has ended.
 */
export const openPglite = async (folder?: string): Promise<SqlDatabase> => {
  const pglite = await PGlite.create({ ...(folder === undefined ? {} : { dataDir: folder }), parsers });
  return {
    query: async <Row>(text: string, params: readonly unknown[] = []) =>
      (await pglite.query<Row>(text, [...params])).rows,
    begin: () => openSession(pglite),
    script: async (text) => {
      await pglite.exec(text);
    },
    // The process lock on the folder already makes this process the only one.
    tryLock: () => Promise.resolve(() => Promise.resolve()),
    close: () => pglite.close(),
  };
};
