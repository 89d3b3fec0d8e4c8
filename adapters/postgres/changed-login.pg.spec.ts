import { renameSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { atEnd, temporaryFile } from '#test/kit/cleanup.ts';
import { until } from '#test/kit/conditions.ts';
import { openPg } from './pg-database.ts';
import type { SqlDatabase } from './sql.ts';

const ADDRESS = process.env['TEST_DATABASE_URL'] ?? '';
const FIRST = 'changed_login_first';
const SECOND = 'changed_login_second';

const errors: Error[] = [];
const open = (url: string, lifetimeMs?: number): SqlDatabase => {
  const database = openPg({
    url,
    poolSize: 4,
    statementTimeoutMs: 20_000,
    onError: (error) => errors.push(error),
    ...(lifetimeMs !== undefined && { lifetimeMs }),
  });
  atEnd(() => database.close());
  return database;
};

const addressOf = (role: string): string => {
  const url = new URL(ADDRESS);
  url.username = role;
  url.password = role;
  return url.href;
};

describe('a login that changes', () => {
  it('is taken without a failed statement, and the old one is used no more', async () => {
    const admin = open(ADDRESS);
    const make = async (role: string): Promise<void> => {
      await admin.script(`create role ${role} login password '${role}'`);
      atEnd(() => admin.script(`drop role if exists ${role}`));
    };
    const sessionsOf = async (role: string): Promise<number> =>
      (await admin.query('select 1 from pg_stat_activity where usename = $1', [role])).length;

    await make(FIRST);
    const file = temporaryFile(`${addressOf(FIRST)}\n`);
    const database = open(pathToFileURL(file).href, 100);

    const whoWorks = new Set<string>();
    const stop = new AbortController();
    const work = async (job: () => Promise<{ who: string }[]>): Promise<void> => {
      while (!stop.signal.aborted) for (const { who } of await job()) whoWorks.add(who);
    };
    const SLEEPY = 'select current_user::text as who, pg_sleep(0.002)';
    const load = Promise.all([
      ...Array.from({ length: 9 }, () => work(() => database.query(SLEEPY))),
      ...Array.from({ length: 6 }, () =>
        work(async () => {
          const unit = await database.begin();
          const rows = await unit.query<{ who: string }>(SLEEPY);
          await unit.commit();
          return rows;
        }),
      ),
    ]);
    /** Waits while the load goes on; rejects if a statement fails. */
    const meanwhile = (look: () => Promise<boolean> | boolean) => Promise.race([until(look), load]);

    await meanwhile(async () => (await sessionsOf(FIRST)) >= 7);
    await make(SECOND);
    writeFileSync(`${file}.new`, addressOf(SECOND));
    renameSync(`${file}.new`, file);
    await meanwhile(async () => {
      const workers = [...whoWorks];
      whoWorks.clear();
      return workers.join() === SECOND && (await sessionsOf(FIRST)) === 0;
    });
    stop.abort();
    await load;
    expect(errors).toEqual([]);
  });
});
