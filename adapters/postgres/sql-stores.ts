import { DAY } from '#kernel/clock.ts';
import type { Cause, EventEnvelope } from '#kernel/events.ts';
import type { Task } from '#kernel/tasks.ts';
import type { DeadLetterStore, Housekeeping, OutboxStore, TaskStore } from '../messaging/stores.ts';
import type { SqlDatabase } from './sql.ts';

/** Longer than any topic keeps an event. */
const INBOX_DAYS = 30;

const parseEnvelope = (text: string): EventEnvelope => JSON.parse(text) as EventEnvelope;

export const sqlOutboxStore = (database: SqlDatabase, schema: string): OutboxStore => ({
  oldest: async (limit) => {
    const rows = await database.query<{ seq: number; envelope: string }>(
      `select seq, envelope from ${schema}.outbox order by seq limit $1`,
      [limit],
    );
    return rows.map(({ seq, envelope }) => ({ id: seq, envelope: parseEnvelope(envelope) }));
  },
  remove: async (ids) => {
    await database.query(`delete from ${schema}.outbox where seq = any($1::bigint[])`, [ids]);
  },
  size: async () => {
    const [row] = await database.query<{ size: number }>(`select count(*) as size from ${schema}.outbox`);
    return row?.size ?? 0;
  },
  tryLock: () => database.tryLock(`${schema}.outbox`),
});

interface LetterRow {
  readonly consumer: string;
  readonly envelope: string;
  readonly error: string;
  readonly parked_at: Date;
}

const toLetter = ({ consumer, envelope, error, parked_at }: LetterRow) => ({
  consumer,
  envelope: parseEnvelope(envelope),
  error,
  parkedAt: parked_at,
});

export const sqlDeadLetterStore = (database: SqlDatabase, schema: string): DeadLetterStore => ({
  // A position is as exact as a Date.
  list: async (limit, after) => {
    const rows = await database.query<LetterRow>(
      `select consumer, envelope, error, parked_at from ${schema}.dead_letters
       where $2::timestamptz is null
         or (date_trunc('milliseconds', parked_at), consumer, event_id) > ($2, $3::text, $4::uuid)
       order by date_trunc('milliseconds', parked_at), consumer, event_id limit $1`,
      [limit, after?.parkedAt ?? null, after?.consumer ?? null, after?.eventId ?? null],
    );
    return rows.map(toLetter);
  },
  find: async (consumer, eventId) => {
    const [row] = await database.query<LetterRow>(
      `select consumer, envelope, error, parked_at from ${schema}.dead_letters
       where consumer = $1 and event_id = $2`,
      [consumer, eventId],
    );
    return row && toLetter(row);
  },
  reopen: async (consumer, eventId) => {
    const [row] = await database.query<LetterRow>(
      `with letter as (select * from ${schema}.dead_letters where consumer = $1 and event_id = $2),
         forgotten as (delete from ${schema}.inbox using letter
           where inbox.consumer = letter.consumer and inbox.event_id = letter.event_id)
       select consumer, envelope, error, parked_at from letter`,
      [consumer, eventId],
    );
    return row && toLetter(row);
  },
});

interface TaskRow {
  readonly key: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly cause: Cause;
  readonly run_at: Date;
  readonly attempts: number;
  readonly last_error: string | null;
}

const toTask = ({ key, kind, payload, cause, run_at }: TaskRow, attempts: number): Task => ({
  key,
  kind,
  payload,
  cause,
  runAt: run_at,
  attempts,
});

export const sqlTaskStore = (database: SqlDatabase, schema: string): TaskStore => ({
  claim: async (kind, now, leaseUntil, limit) => {
    const rows = await database.query<TaskRow>(
      `update ${schema}.tasks set attempts = attempts + 1, leased_until = $3
       where key in (
         select key from ${schema}.tasks
         where kind = $1 and run_at <= $2 and (leased_until is null or leased_until <= $2)
         order by run_at limit $4 for update skip locked)
       returning key, kind, payload, cause, run_at, attempts, last_error`,
      [kind, now, leaseUntil, limit],
    );
    return rows.map((row) => toTask(row, row.attempts - 1));
  },
  retry: async (key, runAt, error) => {
    await database.query(
      `update ${schema}.tasks set run_at = $2, last_error = $3, leased_until = null where key = $1`,
      [key, runAt, error],
    );
  },
  nextDue: async (kind) => {
    const [row] = await database.query<{ due: Date | null }>(
      `select min(greatest(run_at, coalesce(leased_until, run_at))) as due from ${schema}.tasks where kind = $1`,
      [kind],
    );
    return row?.due ?? undefined;
  },
  releaseAll: async () => {
    await database.query(`update ${schema}.tasks set leased_until = null where leased_until is not null`);
  },
  stuck: async (attempts, limit) => {
    const rows = await database.query<TaskRow>(
      `select key, kind, payload, cause, run_at, attempts, last_error from ${schema}.tasks
       where attempts >= $1 order by created_at limit $2`,
      [attempts, limit],
    );
    return rows.map((row) => ({ ...toTask(row, row.attempts), error: row.last_error ?? undefined }));
  },
  hasten: async (attempts, now, keys) => {
    const rows = await database.query<Pick<TaskRow, 'key' | 'kind'>>(
      `update ${schema}.tasks set run_at = $2
       where attempts >= $1 and run_at > $2 and (leased_until is null or leased_until <= $2)
         and ($3::text[] is null or key = any($3::text[]))
       returning key, kind`,
      [attempts, now, keys ?? null],
    );
    return rows.map(({ key, kind }) => ({ key, kind, runAt: now }));
  },
});

export const sqlHousekeeping = (database: SqlDatabase, schema: string): Housekeeping => ({
  sweep: async (now) => {
    const before = (days: number): Date => new Date(now.getTime() - days * DAY);
    await database.query(`delete from ${schema}.inbox where handled_at < $1`, [before(INBOX_DAYS)]);
    await database.query(`delete from ${schema}.idempotency_keys where created_at < $1`, [before(1)]);
  },
});
