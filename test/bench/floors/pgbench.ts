import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPg } from '#adapters/postgres/pg-database.ts';
import { run } from '#scripts/engines/install/run.ts';
import { postgresBinaries } from '#scripts/engines/postgres/binaries.ts';
import type { Floor } from '../figures.ts';
import { measure } from '../load.ts';

export interface Transactions {
  readonly url: string;
  /** How it is called. */
  readonly what: string;
  /** Statements of a transaction, in which `:data` stands for `data`; one alone needs no transaction. */
  readonly statements: readonly string[];
  readonly data: string;
  readonly clients: number;
  readonly seconds: number;
}

/** Transactions per second by pgbench, PostgreSQL's own client for this; where it is missing, by ours, which is said. */
export const transactionsPerSecond = async (transactions: Transactions): Promise<Floor> => {
  const pgbench = join(await postgresBinaries(), 'pgbench');
  return existsSync(pgbench)
    ? { what: `pgbench: ${transactions.what}`, value: await byPgbench(pgbench, transactions) }
    : { what: `no pgbench here, our client: ${transactions.what}`, value: await byOurClient(transactions) };
};

const byPgbench = async (
  pgbench: string,
  { url, statements, data, clients, seconds }: Transactions,
): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'shop-pgbench-'));
  try {
    const script = join(folder, 'script.sql');
    const lines = statements.length > 1 ? ['begin', ...statements, 'commit'] : statements;
    await writeFile(script, lines.map((line) => `${line};\n`).join(''));
    const said = await run(pgbench, [
      ...['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(Math.ceil(seconds))],
      ...['-f', script, '-D', `data=${data}`, url],
    ]);
    const tps = /^tps = (?<tps>[\d.]+)/m.exec(said)?.groups?.['tps'];
    if (tps === undefined) throw new Error(`pgbench reported no tps: ${said}`);
    return Number(tps);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const byOurClient = async ({ url, statements, data, clients, seconds }: Transactions): Promise<number> => {
  const database = openPg({ url, poolSize: clients, statementTimeoutMs: 10_000, onError: () => undefined });
  const [only, ...others] = statements.map((text) => ({
    text: text.replace(':data', '$1'),
    params: text.includes(':data') ? [data] : [],
  }));
  const transaction = async (): Promise<void> => {
    if (!only) return;
    if (others.length === 0) {
      await database.query(only.text, only.params);
      return;
    }
    const session = await database.begin();
    for (const { text, params } of [only, ...others]) await session.query(text, params);
    await session.commit();
  };
  const { perSecond } = await measure({ workers: clients, seconds }, transaction);
  await database.close();
  return perSecond;
};
