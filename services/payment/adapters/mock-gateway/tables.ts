/** Cards whose refunds are refused. */
export const refusedRefunds: readonly string[] = [
  'alter table mock_gateway.tokens add column if not exists refuses_refund boolean not null default false',
  'alter table mock_gateway.operations add column if not exists refuses_refund boolean not null default false',
];

/** Tokens of saved cards. */
export const reusableTokens: readonly string[] = [
  'alter table mock_gateway.tokens add column if not exists reusable boolean not null default false',
];

/** The mock's own schema, separate from payment's: the gateway's company would own it. */
export const mockGatewayTables: readonly string[] = [
  'create schema if not exists mock_gateway',
  `create table if not exists mock_gateway.tokens (
     token text primary key,
     brand text not null,
     last4 char(4) not null,
     exp_month smallint not null,
     exp_year smallint not null,
     declines text,
     refuses_capture boolean not null,
     slow_ms integer not null,
     loses_answers boolean not null,
     used_by text
   )`,
  // A hold is the row of its authorisation; other operations change it and add rows of their own.
  `create table if not exists mock_gateway.operations (
     key text primary key,
     kind text not null,
     hold text not null,
     reason text,
     brand text,
     last4 char(4),
     exp_month smallint,
     exp_year smallint,
     ready_at timestamptz(3) not null,
     calls integer not null default 1,
     loses_answers boolean not null,
     amount bigint not null,
     currency char(3),
     refuses_capture boolean not null default false,
     captured bigint not null default 0,
     refunded bigint not null default 0,
     voided boolean not null default false
   )`,
  `create unique index if not exists operations_hold on mock_gateway.operations (hold) where kind = 'authorize'`,
];
