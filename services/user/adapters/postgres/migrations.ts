import type { Migration } from '#adapters/postgres/migrate.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-users',
    up: [
      `create table users.users (
         user_id uuid primary key,
         version integer not null,
         email text not null unique,
         first_name text not null,
         last_name text not null,
         roles text[] not null,
         password_hash text not null,
         credentials integer not null,
         created_at timestamptz(3) not null,
         updated_at timestamptz(3) not null
       )`,
      `create table users.addresses (
         address_id uuid primary key,
         user_id uuid not null references users.users on delete cascade,
         position integer not null,
         recipient text not null,
         line1 text not null,
         line2 text,
         city text not null,
         region text,
         postal_code text not null,
         country char(2) not null,
         phone text,
         default_shipping boolean not null,
         default_billing boolean not null
       )`,
      'create index addresses_user on users.addresses (user_id)',
      `create table users.sessions (
         session_id uuid primary key,
         user_id uuid not null references users.users on delete cascade,
         credentials integer not null,
         current_token text not null,
         expires_at timestamptz(3) not null,
         ended boolean not null
       )`,
      'create index sessions_user on users.sessions (user_id)',
      'create index sessions_expiry on users.sessions (expires_at)',
      // Digests of all tokens of a session, so that a used one is recognised.
      `create table users.refresh_tokens (
         digest text primary key,
         session_id uuid not null references users.sessions on delete cascade,
         expires_at timestamptz(3) not null
       )`,
      'create index refresh_tokens_session on users.refresh_tokens (session_id)',
      'create index refresh_tokens_expiry on users.refresh_tokens (expires_at)',
      `create table users.attempts (
         account text primary key,
         count integer not null,
         since timestamptz(3) not null
       )`,
      'create index attempts_since on users.attempts (since)',
    ],
  },
  {
    name: '0002-password-resets',
    up: [
      `create table users.password_resets (
         digest text primary key,
         user_id uuid not null references users.users on delete cascade,
         credentials integer not null,
         expires_at timestamptz(3) not null
       )`,
      'create index password_resets_user on users.password_resets (user_id)',
      'create index password_resets_expiry on users.password_resets (expires_at)',
    ],
  },
  {
    name: '0003-session-times-known-places',
    up: [
      // Existing sessions count from now on, so that the migration logs no one out.
      `alter table users.sessions
         add column started_at timestamptz(3) not null default now(),
         add column rotated_at timestamptz(3) not null default now()`,
      'alter table users.sessions alter column started_at drop default, alter column rotated_at drop default',
      // Places of successful logins: an account and a network, as a digest.
      `create table users.known_places (
         place text primary key,
         seen_at timestamptz(3) not null
       )`,
      'create index known_places_seen on users.known_places (seen_at)',
    ],
  },
  {
    name: '0004-session-devices',
    // The default also serves the previous release while both run.
    up: [`alter table users.sessions add column device text not null default ''`],
  },
  {
    name: '0005-email-proofs',
    up: [
      'alter table users.users add column email_verified_at timestamptz(3)',
      `create table users.email_proofs (
         digest text primary key,
         user_id uuid not null references users.users on delete cascade,
         email text not null,
         credentials integer not null,
         expires_at timestamptz(3) not null
       )`,
      'create index email_proofs_user on users.email_proofs (user_id)',
      'create index email_proofs_expiry on users.email_proofs (expires_at)',
    ],
  },
  {
    name: '0006-directory',
    up: [
      'alter table users.users add column deactivated_at timestamptz(3)',
      'create index users_created on users.users (created_at, user_id)',
      'create index users_email on users.users (email text_pattern_ops)',
      'create index users_first_name on users.users (lower(first_name) text_pattern_ops)',
      'create index users_last_name on users.users (lower(last_name) text_pattern_ops)',
      'create index users_roles on users.users using gin (roles)',
    ],
  },
  {
    name: '0007-factors-wallets-audit-erasures',
    up: [
      // The defaults also serve the previous release while both run: its sessions need a step-up for what is dangerous.
      `alter table users.sessions
         add column proven_at timestamptz(3) not null default 'epoch',
         add column methods jsonb not null default '["pwd"]'`,
      `create table users.factors (
         user_id uuid primary key references users.users on delete cascade,
         totp jsonb,
         passkeys jsonb not null,
         recovery_codes jsonb not null
       )`,
      `create table users.challenges (
         digest text primary key,
         purpose text not null,
         user_id uuid not null references users.users on delete cascade,
         credentials integer not null,
         device text not null,
         session_id uuid references users.sessions on delete cascade,
         tries_left integer not null,
         expires_at timestamptz(3) not null
       )`,
      'create index challenges_user on users.challenges (user_id)',
      'create index challenges_session on users.challenges (session_id)',
      'create index challenges_expiry on users.challenges (expires_at)',
      `create table users.audit_entries (
         seq bigint primary key,
         entry_id uuid not null unique,
         hash text not null,
         previous_hash text not null,
         entry text not null,
         at timestamptz(3) not null,
         service text not null,
         actor_id text not null,
         operation text not null,
         category text not null,
         subject_kind text not null,
         subject_id text not null,
         correlation_id text not null
       )`,
      'create index audit_entries_actor on users.audit_entries (actor_id, seq)',
      'create index audit_entries_subject on users.audit_entries (subject_id, seq)',
      'create index audit_entries_correlation on users.audit_entries (correlation_id, seq)',
      'create index audit_entries_operation on users.audit_entries (operation, seq)',
      'create index audit_entries_at on users.audit_entries (at)',
      `create function users.append_only() returns trigger language plpgsql as $$
       begin raise exception 'the audit trail is only ever added to' using errcode = 'check_violation'; end $$`,
      `create trigger append_only before update or delete or truncate on users.audit_entries
         for each statement execute function users.append_only()`,
      // Without a reference to the user, who is deleted at the end.
      `create table users.erasures (
         erasure_id uuid primary key,
         version integer not null,
         user_id uuid not null unique,
         document jsonb not null,
         requested_at timestamptz(3) not null,
         completed_at timestamptz(3)
       )`,
      'create index erasures_open on users.erasures (requested_at) where completed_at is null',
      `create table users.wallets (
         user_id uuid primary key references users.users on delete cascade,
         methods jsonb not null
       )`,
    ],
  },
  {
    name: '0008-logouts-avatars-views-wishes',
    up: [
      // The default also serves the previous release while both run.
      'alter table users.users add column logouts integer not null default 0',
      'alter table users.users add column avatar_media_id uuid',
      // Without references to users: those of another issuer have no row there.
      `create table users.saved_views (
         view_id uuid primary key,
         owner_id uuid not null,
         list text not null,
         name text not null,
         query text not null,
         is_shared boolean not null
       )`,
      `create table users.wishes (
         user_id uuid not null,
         product_id uuid not null,
         added_at timestamptz(3) not null,
         primary key (user_id, product_id)
       )`,
      'create index saved_views_owner on users.saved_views (owner_id)',
      'create index saved_views_shared on users.saved_views (list) where is_shared',
    ],
  },
];
