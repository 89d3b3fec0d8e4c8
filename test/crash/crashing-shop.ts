/**
 * The shop, made to die by SIGKILL right after its n-th writing statement (`CRASH_AT`), counted from SIGUSR2 on.
 * The changes of the statement are then durable, but its caller never learns it.
 */
import type { Sql, SqlDatabase, SqlSession } from '#adapters/postgres/sql.ts';
import { readSettings } from '#all-in-one/main/settings.ts';
import { openShop } from '#all-in-one/main/shop.ts';

const crashAt = Number(process.env['CRASH_AT'] ?? 0);
let isArmed = false;
let count = 0;
process.on('SIGUSR2', () => {
  isArmed = true;
});

/** Polling for work that finds none changes nothing, so it is no step. */
const isStep = (text: string, rows: readonly unknown[]): boolean =>
  /^\s*(with|insert|update|delete)\b/i.test(text) && (!/skip locked/i.test(text) || rows.length > 0);

const step = (): void => {
  if (!isArmed || crashAt === 0) return;
  count += 1;
  if (count === crashAt) process.kill(process.pid, 'SIGKILL');
};

const crashingSql = (sql: Sql): Sql => ({
  query: async <Row>(text: string, params?: readonly unknown[]) => {
    const rows = await sql.query<Row>(text, params);
    if (isStep(text, rows)) step();
    return rows;
  },
  run: async <Row>(text: string, params?: readonly unknown[]) => {
    const result = await sql.run<Row>(text, params);
    if (isStep(text, result.rows)) step();
    return result;
  },
});

const crashingSession = (session: SqlSession): SqlSession => ({
  ...crashingSql(session),
  commit: async () => {
    await session.commit();
    step();
  },
  rollback: () => session.rollback(),
});

const crashing = (database: SqlDatabase): SqlDatabase => ({
  ...database,
  ...crashingSql(database),
  begin: async () => crashingSession(await database.begin()),
});

const shop = await openShop(readSettings(process.argv.slice(2), process.env), process.env, crashing);
process.stdout.write(`  Shop             ${shop.url}\n  Payment gateway  ${shop.tokensUrl}\n`);
process.on('SIGTERM', () => void shop.stop().then(() => process.exit(0)));
