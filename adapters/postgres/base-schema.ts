import type { Migration } from './migration.ts';

/** The tables of the platform in every service's schema: outbox, inbox, dead letters, tasks, idempotency keys. */
export const baseMigrations = (schema: string): readonly Migration[] => [
  base(schema),
  inboxByEvent(schema),
  inboxByTime(schema),
];

const base = (schema: string): Migration => ({
  name: '0000-base',
  up: [
    `create table ${schema}.outbox (
       seq bigint generated always as identity primary key,
       event_id uuid not null,
       envelope text not null
     )`,
    `create table ${schema}.inbox (
       consumer text not null,
       event_id uuid not null,
       handled_at timestamptz not null default now(),
       primary key (consumer, event_id)
     )`,
    `create index on ${schema}.inbox (handled_at)`,
    `create table ${schema}.dead_letters (
       consumer text not null,
       event_id uuid not null,
       event_type text not null,
       envelope text not null,
       error text not null,
       parked_at timestamptz not null default now(),
       primary key (consumer, event_id)
     )`,
    `create table ${schema}.tasks (
       key text primary key,
       kind text not null,
       payload jsonb not null,
       cause jsonb not null,
       run_at timestamptz not null,
       attempts integer not null default 0,
       leased_until timestamptz,
       last_error text,
       created_at timestamptz not null default now()
     )`,
    `create index on ${schema}.tasks (kind, run_at)`,
    `create table ${schema}.idempotency_keys (
       principal text not null,
       operation text not null,
       key text not null,
       fingerprint text not null,
       outcome jsonb not null,
       created_at timestamptz not null default now(),
       primary key (principal, operation, key)
     )`,
    `create index on ${schema}.idempotency_keys (created_at)`,
    // Lets one statement with several writes fail as a whole when a guarded write changed nothing.
    `create function ${schema}.conflict(what text) returns integer language plpgsql as $$
       begin raise exception using errcode = 'SH409', message = what; end $$`,
  ],
});

/**
 * The index starts with the event. If it started with the consumer, a table that was never analysed (PGlite does not do so
 * automatically) would be read for everything that the consumer has ever handled.
 */
const inboxByEvent = (schema: string): Migration => ({
  name: '0000-inbox-by-event',
  up: [`alter table ${schema}.inbox drop constraint inbox_pkey, add primary key (event_id, consumer)`],
});

/** Rows are added in the order of time, so a summary of each range of pages finds the old ones and costs next to no writes. */
const inboxByTime = (schema: string): Migration => ({
  name: '0000-inbox-by-time',
  up: [
    `drop index ${schema}.inbox_handled_at_idx`,
    `create index inbox_handled_at_idx on ${schema}.inbox using brin (handled_at)`,
  ],
});
