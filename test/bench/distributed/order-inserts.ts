import type { Floor } from '../figures.ts';
import { transactionsPerSecond } from '../floors/pgbench.ts';
import { SESSIONS, type BenchDatabase } from './database.ts';
import { makeCommitOrder, orderUnits } from './order-commits.ts';

/** The floor for orders: a row of as many bytes as an order sends, inserted by itself. */
export const orderInserts = async (
  { database, url, schema }: BenchDatabase,
  seconds: number,
): Promise<Floor> => {
  const sent: unknown[] = [];
  const listening = {
    ...database,
    query: <Row>(text: string, params: readonly unknown[] = []) => {
      sent.push(...params);
      return database.query<Row>(text, params);
    },
  };
  await makeCommitOrder(orderUnits(listening, schema))();
  const data = sent.flat().map(String).join(' ');
  await database.query(
    'create table floor (id bigint generated always as identity primary key, data text not null)',
  );
  await database.query('alter table floor alter data set storage plain'); // nothing is compressed or moved out
  return transactionsPerSecond({
    url,
    what: `inserts of ${(data.length / 1_000).toFixed(1)} kB`,
    statements: ['insert into floor (data) values (:data)'],
    data,
    clients: SESSIONS,
    seconds,
  });
};
