import { after, type Clock } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { IdempotencyKeys } from '#kernel/idempotency.ts';
import type { DueTask, NewTask, TaskQueue } from '#kernel/tasks.ts';
import type { BaseTx, Inbox, Outbox } from '#kernel/unit-of-work.ts';
import { causeOfTask } from '../context/cause.ts';
import { LEASE_MS, type SlotFor } from '../tasks/slot.ts';
import type { Seal } from '../events/envelope.ts';
import type { HandOver, OutboxEvent, Ticket } from '../messaging/hand-over.ts';
import { fromJsonSequence, jsonSequence } from './json-sequence.ts';
import { isUnavailable } from './sql.ts';
import type { SqlTransaction } from './unit-of-work.ts';

/** The options of the tables of `base-schema.ts` in one service. */
export interface BaseTxOptions {
  readonly schema: string;
  readonly seal: Seal;
  readonly clock: Clock;
  /** Called after a commit that left events in the outbox. */
  readonly wakeRelay: () => void;
  /** Replaces a relay. */
  readonly handOver?: HandOver | undefined;
  /** Called after a commit that scheduled tasks. */
  readonly wakeTasks: (due: readonly DueTask[]) => void;
  /** Reserves a worker for a task that can start at the commit; without it, all tasks wait to be claimed. */
  readonly slotFor?: SlotFor | undefined;
}

export const makeBaseTx = (tx: SqlTransaction, options: BaseTxOptions): BaseTx => ({
  outbox: outboxOn(tx, options),
  inbox: inboxOn(tx, options.schema),
  tasks: tasksOn(tx, options),
  idempotency: idempotencyOn(tx, options.schema),
});

const outboxOn = (tx: SqlTransaction, { schema, seal, wakeRelay, handOver }: BaseTxOptions): Outbox => {
  const sealed: Omit<OutboxEvent, 'seq'>[] = [];
  let kept: readonly OutboxEvent[] = [];
  const flush = (): Promise<void> =>
    tx.write({
      table: 'outbox',
      text: `insert into ${schema}.outbox (event_id, envelope) select * from unnest($1::uuid[], ${fromJsonSequence('$2')})`,
      params: [sealed.map(({ eventId }) => eventId), jsonSequence(sealed.map(({ text }) => text))],
      returning: {
        column: 'seq',
        take: (seqs) => {
          kept = sealed.map((event, index) => ({ ...event, seq: Number(seqs[index]) }));
        },
      },
    });
  const follow = (): void => {
    tx.beforeCommit(flush);
    if (!handOver) {
      tx.onCommit(wakeRelay);
      return;
    }
    let ticket: Ticket | undefined;
    tx.beforeSend(() => {
      ticket = handOver.ticket();
    });
    tx.onCommit(() => ticket?.committed(kept));
    tx.onFailure((error) => {
      if (isUnavailable(error)) ticket?.unknown();
      else ticket?.rolledBack();
    });
  };
  return {
    add: async (...events) => {
      if (events.length === 0) return;
      if (sealed.length === 0) follow();
      sealed.push(
        ...events.map(seal).map((envelope) => ({
          outbox: schema,
          eventId: envelope.event_id,
          type: envelope.event_type,
          text: JSON.stringify(envelope),
        })),
      );
      await Promise.resolve();
    },
  };
};

const inboxOn = (tx: SqlTransaction, schema: string): Inbox => {
  const parked = new Set<string>();
  return {
    // Guarded like any optimistic write: if two units handle the same event concurrently, one of them starts again and finds it
    // handled.
    claim: async (consumer, events, expected) => {
      const ids = [...new Set(events.map(({ event_id }) => event_id))];
      const rows =
        expected === 'new' && tx.mayAssume()
          ? []
          : await tx.query<{ event_id: string; is_dead: boolean }>(
              `select event_id, false as is_dead from ${schema}.inbox where consumer = $1 and event_id = any($2::uuid[])
               union all
               select event_id, true from ${schema}.dead_letters where consumer = $1 and event_id = any($2::uuid[])`,
              [consumer, ids],
            );
      const handled = new Set(rows.filter(({ is_dead }) => !is_dead).map(({ event_id }) => event_id));
      const fresh = ids.filter((id) => !handled.has(id));
      const dead = rows
        .filter(({ event_id, is_dead }) => is_dead && !handled.has(event_id))
        .map((row) => row.event_id);
      if (fresh.length > 0)
        tx.beforeCommit(async () => {
          await tx.write({
            table: 'inbox',
            text: `insert into ${schema}.inbox (consumer, event_id)
                   select $1, id from unnest($2::uuid[]) as id order by id on conflict do nothing`,
            params: [consumer, fresh],
            rows: fresh.length,
          });
          const redriven = dead.filter((id) => !parked.has(id));
          if (redriven.length > 0)
            await tx.write({
              table: 'dead_letters',
              text: `delete from ${schema}.dead_letters where consumer = $1 and event_id = any($2::uuid[])`,
              params: [consumer, redriven],
            });
        });
      const wanted = new Set(fresh);
      // An event that is twice in the batch counts once.
      return events.filter(({ event_id }) => wanted.delete(event_id));
    },
    park: async (consumer, event: EventEnvelope, error) => {
      parked.add(event.event_id);
      await tx.write({
        table: 'dead_letters',
        text: `insert into ${schema}.dead_letters (consumer, event_id, event_type, envelope, error)
               values ($1, $2, $3, $4, $5)
               on conflict (consumer, event_id) do update set error = excluded.error, parked_at = excluded.parked_at`,
        params: [consumer, event.event_id, event.event_type, JSON.stringify(event), error],
      });
    },
  };
};

const tasksOn = (tx: SqlTransaction, options: BaseTxOptions): TaskQueue => {
  const { schema, clock, wakeTasks, slotFor } = options;
  const done = new Set<string>();
  const promised = new Map<string, NewTask>();
  let isBuffering = false;
  const buffer = (): void => {
    if (!isBuffering) tx.beforeCommit(flush);
    isBuffering = true;
  };
  const flush = async (): Promise<void> => {
    isBuffering = false;
    const ended = [...done];
    const tasks = [...promised.values()];
    done.clear();
    promised.clear();
    if (ended.length > 0)
      await tx.write({
        // A separate table for the unit, unless a key ends and is scheduled again, which one statement can do.
        table: ended.some((key) => tasks.some((task) => task.key === key)) ? 'tasks' : 'ended tasks',
        text: `delete from ${schema}.tasks where key = any($1::text[])`,
        params: [ended],
      });
    if (tasks.length === 0) return;
    const now = clock.now();
    const rows = tasks.map((task) => {
      const runAt = task.runAt ?? now;
      const { key, kind, payload, cause = causeOfTask(key) } = task;
      const slot = runAt <= now ? slotFor?.(kind) : undefined;
      return { key, kind, cause, runAt, payload: JSON.stringify(payload), slot };
    });
    let inserted = new Set<unknown>();
    await tx.write({
      table: 'tasks',
      text: `insert into ${schema}.tasks (key, kind, payload, cause, run_at, leased_until, attempts)
             select *, case when leased_until is null then 0 else 1 end
             from unnest($1::text[], $2::text[], $3::jsonb[], $4::jsonb[], $5::timestamptz[], $6::timestamptz[])
               as t (key, kind, payload, cause, run_at, leased_until)
             on conflict (key) do nothing`,
      params: [
        rows.map(({ key }) => key),
        rows.map(({ kind }) => kind),
        rows.map(({ payload }) => payload),
        rows.map(({ cause }) => JSON.stringify(cause)),
        rows.map(({ runAt }) => runAt),
        rows.map(({ slot }) => (slot ? after(now, LEASE_MS) : null)),
      ],
      returning: {
        column: 'key',
        take: (keys) => {
          inserted = new Set(keys);
        },
      },
    });
    tx.onFailure(() => {
      for (const { slot } of rows) slot?.release();
    });
    tx.onCommit(() => {
      for (const { slot, payload, ...task } of rows)
        if (!inserted.has(task.key)) slot?.release();
        else slot?.begin({ ...task, payload: JSON.parse(payload) as unknown, attempts: 0 });
      const due = rows.filter(({ slot }) => !slot);
      if (due.length > 0) wakeTasks(due);
    });
  };
  return {
    schedule: async (...tasks) => {
      for (const task of tasks)
        if (!promised.has(task.key))
          promised.set(task.key, { ...task, cause: task.cause ?? causeOfTask(task.key) });
      if (tasks.length > 0) buffer();
      await Promise.resolve();
    },
    complete: async (...keys) => {
      for (const key of keys) {
        promised.delete(key);
        done.add(key);
      }
      if (keys.length > 0) buffer();
      await Promise.resolve();
    },
  };
};

const idempotencyOn = (tx: SqlTransaction, schema: string): IdempotencyKeys => ({
  find: async ({ principal, operation, key }) => {
    const [row] = await tx.query<{ fingerprint: string; outcome: unknown }>(
      `select fingerprint, outcome from ${schema}.idempotency_keys
       where principal = $1 and operation = $2 and key = $3`,
      [principal, operation, key],
    );
    return row;
  },
  // A concurrent use holds the row: this waits for it, conflicts, and the unit starts again and finds the outcome.
  remember: ({ principal, operation, key, fingerprint }, outcome) =>
    tx.write({
      table: 'idempotency_keys',
      text: `insert into ${schema}.idempotency_keys (principal, operation, key, fingerprint, outcome)
             values ($1, $2, $3, $4, $5::jsonb) on conflict do nothing`,
      params: [principal, operation, key, fingerprint, JSON.stringify(outcome)],
      rows: 1,
    }),
});
