import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { retryOnConflict } from '../resilience/contention.ts';
import type { Recent } from './recent.ts';
import {
  isTransient,
  isUnavailable,
  sqlState,
  UNIQUE_VIOLATION,
  VERSION_CONFLICT,
  type Sql,
  type SqlDatabase,
  type SqlSession,
} from './sql.ts';

/** A statement that waits for the commit. */
export interface Write {
  /** The table it changes: one statement never changes a table twice. */
  readonly table: string;
  readonly text: string;
  readonly params: readonly unknown[];
  /** Exactly this many rows must change, or the unit fails with a `VersionConflict` about `table`. */
  readonly rows?: number;
  /** Called with the values of a column of the changed rows, ascending. */
  readonly returning?: { readonly column: string; readonly take: (values: readonly unknown[]) => void };
}

/**
 * A unit of work on SQL.
 *
 * Plain reads need no transaction (READ COMMITTED would add nothing), and writes wait for the end, where they are sent as one
 * statement. So a unit that only reads and writes costs one round trip per read and one for all its writes, including the
 * commit; BEGIN is sent only for locks and immediate changes.
 */
export class SqlTransaction {
  readonly #database: SqlDatabase;
  readonly #schema: string;
  #session: SqlSession | undefined;
  #writes: Write[] = [];
  readonly #beforeCommit: (() => Promise<void>)[] = [];
  readonly #beforeSend: (() => void)[] = [];
  readonly #afterCommit: (() => void)[] = [];
  readonly #afterFailure: ((error: unknown) => void)[] = [];
  readonly #isFirstTry: boolean;
  readonly #ready: () => Promise<void>;
  #hasAssumed = false;
  readonly #assumptions: (() => boolean)[] = [];

  /** Undefined where another process may also write. */
  readonly recent: Recent | undefined;

  /** @param ready awaited before anything is locked or written */
  constructor(
    database: SqlDatabase,
    schema: string,
    isFirstTry: boolean,
    ready: () => Promise<void>,
    recent?: Recent,
  ) {
    this.#database = database;
    this.#schema = schema;
    this.#isFirstTry = isFirstTry;
    this.#ready = ready;
    this.recent = recent;
  }

  /** Whether this try may skip a check that its writes repeat. If the try fails, the unit runs again with the check. */
  mayAssume(): boolean {
    this.#hasAssumed ||= this.#isFirstTry;
    return this.#isFirstTry;
  }

  /** As `mayAssume`, for what only some of the unit's writes would check: `isChecked` must be true before the commit. */
  mayAssumeIf(isChecked: () => boolean): boolean {
    if (!this.mayAssume()) return false;
    this.#assumptions.push(isChecked);
    return true;
  }

  get hasAssumed(): boolean {
    return this.#hasAssumed;
  }

  /** Reads, including this unit's writes. */
  async query<Row>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    if (this.#writes.length > 0) await this.#flush(await this.#begun());
    return (this.#session ?? this.#database).query<Row>(text, params);
  }

  /** Locks rows or changes them at once, inside BEGIN. */
  async execute<Row>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    const session = await this.#begun();
    await this.#flush(session);
    return session.query<Row>(text, params);
  }

  /** Queues an INSERT, UPDATE or DELETE without RETURNING for the end of the unit. */
  async write(write: Write): Promise<void> {
    if (this.#writes.some(({ table }) => table === write.table)) await this.#flush(await this.#begun());
    this.#writes.push(write);
  }

  /** Called when the unit's work is done; may still write. For repositories that write all saved objects at once. */
  beforeCommit(callback: () => Promise<void>): void {
    this.#beforeCommit.push(callback);
  }

  /** Called once the unit is durable. */
  onCommit(callback: () => void): void {
    this.#afterCommit.push(callback);
  }

  /** Called just before the commit is sent. */
  beforeSend(callback: () => void): void {
    this.#beforeSend.push(callback);
  }

  /** Called with the reason when the unit failed. After a broken connection it may have committed nevertheless. */
  onFailure(callback: (error: unknown) => void): void {
    this.#afterFailure.push(callback);
  }

  /** The session of this unit, for a mapper that sends its own SQL. */
  async session(): Promise<Sql> {
    const session = await this.#begun();
    await this.#flush(session);
    return session;
  }

  async commit(): Promise<void> {
    for (const callback of this.#beforeCommit) await callback();
    if (!this.#assumptions.every((isChecked) => isChecked())) throw new Unchecked();
    await this.#ready();
    for (const callback of this.#beforeSend) callback();
    await this.#flush(this.#session ?? this.#database);
    await this.#session?.commit();
    for (const callback of this.#afterCommit) callback();
  }

  async rollback(error: unknown): Promise<void> {
    for (const callback of this.#afterFailure) callback(error);
    await this.#session?.rollback();
  }

  async #begun(): Promise<SqlSession> {
    if (this.#session) return this.#session;
    await this.#ready();
    this.#session = await this.#database.begin();
    return this.#session;
  }

  async #flush(sql: Sql): Promise<void> {
    if (this.#writes.length === 0) return;
    const writes = this.#writes;
    const { text, params } = merge(writes, this.#schema);
    this.#writes = [];
    const [row] = await sql.query<Readonly<Record<string, readonly unknown[] | null>>>(text, params);
    for (const [index, { returning }] of writes.entries()) returning?.take(row?.[`r${index}`] ?? []);
  }
}

/** The unit made an assumption that none of its writes checks. */
class Unchecked extends Error {}

const merged = new Map<string, string>();

/** Texts are few and constant; a number in place of each makes a key that is short. */
const numbers = new Map<string, number>();
const numberOf = (text: string): number => {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size);
  return numbers.size - 1;
};

/** One statement that does all writes, or none: `with w0 as (insert …), w1 as (update …) select …`. */
const merge = (writes: readonly Write[], schema: string): { text: string; params: unknown[] } => {
  const params = writes.flatMap((write) =>
    write.rows === undefined ? write.params : [...write.params, write.rows],
  );
  const key = `${schema} ${writes.map(({ text, rows, returning }) => `${numberOf(text)}${rows === undefined ? '' : '#'}${returning?.column ?? ''}`).join()}`;
  let text = merged.get(key);
  if (text === undefined) {
    text = mergedText(writes, schema);
    merged.set(key, text);
  }
  return { text, params };
};

const mergedText = (writes: readonly Write[], schema: string): string => {
  let offset = 0;
  const columns: string[] = [];
  const parts = writes.map(({ table, text, params, rows, returning }, index) => {
    const part = text.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + offset}`);
    offset += params.length;
    // A parameter, so that the text does not depend on the number of rows.
    if (rows !== undefined)
      columns.push(
        `case when (select count(*) from w${index}) <> $${(offset += 1)}::bigint then ${schema}.conflict('${table}') end`,
      );
    const value = returning?.column ?? '1';
    if (returning) columns.push(`(select json_agg(${value} order by ${value}) from w${index}) as r${index}`);
    return `w${index} as (${part} returning ${value})`;
  });
  return `with ${parts.join(', ')} select ${columns.length > 0 ? columns.join(', ') : '1'}`;
};

const AT_ONCE = (): Promise<void> => Promise.resolve();

export class SqlUnitOfWork<Tx> implements UnitOfWork<Tx> {
  readonly aggregatesPerUnit?: number;
  readonly #database: SqlDatabase;
  readonly #schema: string;
  readonly #bind: (transaction: SqlTransaction) => Tx;
  readonly #recent: Recent | undefined;

  /**
   * @param bind makes the repositories of one unit
   * @param recent shared by all units of work of the schema; only if no other process writes to it
   */
  constructor(
    database: SqlDatabase,
    schema: string,
    bind: (transaction: SqlTransaction) => Tx,
    recent?: Recent,
  ) {
    if (database.aggregatesPerUnit !== undefined) this.aggregatesPerUnit = database.aggregatesPerUnit;
    this.#database = database;
    this.#schema = schema;
    this.#bind = bind;
    this.#recent = recent;
  }

  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.runWhen(AT_ONCE, work);
  }

  /** Runs `work` again, from the start and after a pause, when it lost a race. */
  async runWhen<T>(ready: () => Promise<void>, work: (tx: Tx) => Promise<T>): Promise<T> {
    return retryOnConflict(async () => {
      try {
        return await this.#once(ready, work);
      } catch (error) {
        throw asConflict(error);
      }
    });
  }

  async #once<T>(ready: () => Promise<void>, work: (tx: Tx) => Promise<T>, isFirstTry = true): Promise<T> {
    const transaction = new SqlTransaction(this.#database, this.#schema, isFirstTry, ready, this.#recent);
    try {
      const result = await work(this.#bind(transaction));
      await transaction.commit();
      return result;
    } catch (error) {
      // A failed rollback must not hide the original error.
      await transaction.rollback(error).catch(() => undefined);
      if (transaction.hasAssumed && !isUnavailable(error)) return this.#once(ready, work, false);
      throw error;
    }
  }
}

/** Lost races become `VersionConflict`: a unique key that was free a moment ago was taken by another unit. */
const asConflict = (error: unknown): unknown => {
  const state = sqlState(error);
  const isConflict = state === VERSION_CONFLICT || state === UNIQUE_VIOLATION || isTransient(error);
  return isConflict && error instanceof Error ? new VersionConflict(error.message, { cause: error }) : error;
};
