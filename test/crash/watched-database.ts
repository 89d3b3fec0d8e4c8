import type { Sql, SqlDatabase, SqlSession } from '#adapters/postgres/sql.ts';

/** Where a process can be killed. */
export interface Watch {
  /** Before each statement. */
  readonly before?: (text: string) => void;
  /** After each statement that has changed something, and each commit: its effect is durable, but its caller never learns it. */
  readonly afterStep?: () => void;
}

/** Polling for work that finds none changes nothing, so it is no step. */
const isStep = (text: string, rows: readonly unknown[]): boolean =>
  /^\s*(with|insert|update|delete)\b/i.test(text) && (!/skip locked/i.test(text) || rows.length > 0);

export const watched = (
  database: SqlDatabase,
  { before = () => undefined, afterStep = () => undefined }: Watch,
): SqlDatabase => {
  const watchedSql = (sql: Sql): Sql => ({
    query: async <Row>(text: string, params?: readonly unknown[]) => {
      before(text);
      const rows = await sql.query<Row>(text, params);
      if (isStep(text, rows)) afterStep();
      return rows;
    },
    run: async <Row>(text: string, params?: readonly unknown[]) => {
      before(text);
      const result = await sql.run<Row>(text, params);
      if (isStep(text, result.rows)) afterStep();
      return result;
    },
  });
  const watchedSession = (session: SqlSession): SqlSession => ({
    ...watchedSql(session),
    commit: async () => {
      await session.commit();
      afterStep();
    },
    rollback: () => session.rollback(),
  });
  return {
    ...database,
    ...watchedSql(database),
    begin: async () => watchedSession(await database.begin()),
  };
};
