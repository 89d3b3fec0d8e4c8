import type { Migration } from '#adapters/postgres/migrate.ts';
import { mockGatewayTables, refusedRefunds, reusableTokens } from '../mock-gateway/tables.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-payments',
    up: [
      `create table payment.payments (
         order_id uuid primary key,
         payment_id uuid not null unique,
         version integer not null,
         status text not null,
         user_id uuid,
         email text,
         name text,
         amount bigint,
         currency char(3),
         card_brand text,
         card_last4 char(4),
         card_exp_month smallint,
         card_exp_year smallint,
         authorization_id text,
         captured bigint not null,
         refunded bigint not null check (refunded between 0 and captured),
         refunds jsonb not null,
         failure_stage text,
         failure_reason text,
         created_at timestamptz(3) not null,
         updated_at timestamptz(3) not null,
         -- A tombstone knows nothing but that there will be no payment.
         check ((status = 'tombstone') = (amount is null))
       )`,
    ],
  },
  {
    name: '0002-ledger',
    up: [
      `create table payment.ledger_entries (
         transaction_id text not null,
         entry integer not null,
         payment_id uuid not null references payment.payments (payment_id),
         account text not null,
         debit bigint not null check (debit >= 0),
         credit bigint not null check (credit >= 0),
         currency char(3) not null,
         booked_at timestamptz(3) not null,
         primary key (transaction_id, entry),
         check (debit = 0 or credit = 0)
       )`,
      'create index ledger_entries_payment on payment.ledger_entries (payment_id)',
      // All entries of a transaction are inserted by one statement, so a statement trigger can check the balance.
      `create function payment.must_balance() returns trigger language plpgsql as $$
       begin
         if exists (select from added group by transaction_id, currency having sum(debit) <> sum(credit)) then
           raise exception 'a ledger transaction does not balance' using errcode = 'check_violation';
         end if;
         return null;
       end $$`,
      `create trigger must_balance after insert on payment.ledger_entries
         referencing new table as added for each statement execute function payment.must_balance()`,
      `create function payment.append_only() returns trigger language plpgsql as $$
       begin raise exception 'the ledger is only ever added to' using errcode = 'check_violation'; end $$`,
      `create trigger append_only before update or delete or truncate on payment.ledger_entries
         for each statement execute function payment.append_only()`,
    ],
  },
  { name: '0003-mock-gateway', up: mockGatewayTables },
  { name: '0004-refused-refunds', up: refusedRefunds },
  {
    name: '0005-people',
    up: [
      'create index payments_user on payment.payments (user_id, order_id)',
      // Of those that `forgetPeople` looks for.
      `create index payments_named on payment.payments (updated_at) where email <> ''`,
    ],
  },
  { name: '0006-reusable-tokens', up: reusableTokens },
  {
    name: '0007-lists',
    up: [
      'create index payments_created on payment.payments (created_at, order_id)',
      'create index payments_status on payment.payments (status, created_at, order_id)',
      // They are few.
      `create index payments_failed on payment.payments (failure_stage, created_at, order_id)
         where failure_stage is not null`,
    ],
  },
];
