import { documentTables } from '#adapters/postgres/documents.ts';
import type { Migration } from '#adapters/postgres/migrate.ts';
import { webhookTables } from './webhook-tables.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-notifications',
    up: [
      `create table notification.notifications (
         notification_id uuid primary key,
         kind text not null,
         order_id uuid,
         recipient text not null,
         subject text not null,
         status text not null,
         created_at timestamptz(3) not null,
         settled_at timestamptz(3),
         failure text
       )`,
      `create index notifications_order on notification.notifications (order_id, created_at, notification_id)
       where order_id is not null`,
      `create table notification.mailbox (
         mail_id uuid primary key,
         kind text not null,
         email text not null,
         name text not null,
         subject text not null,
         html text not null,
         text text not null,
         sent_at timestamptz(3) not null
       )`,
      'create index mailbox_newest on notification.mailbox (sent_at desc, mail_id desc)',
    ],
  },
  {
    name: '0002-channels-webhooks',
    up: [
      `alter table notification.notifications
         add column channel text not null default 'email',
         add column user_id uuid,
         add column provider_id text,
         add column locale text,
         add column template text,
         add column news jsonb`,
      'create index notifications_user on notification.notifications (user_id, created_at, notification_id)',
      'create index notifications_newest on notification.notifications (created_at, notification_id)',
      `create index notifications_failed on notification.notifications (created_at, notification_id)
       where status in ('failed', 'suppressed')`,
      ...documentTables('notification'),
      ...webhookTables,
      `create table notification.alerts (
         user_id uuid not null,
         variant_id uuid not null,
         sku text not null,
         is_for_stock boolean not null,
         below jsonb,
         primary key (user_id, variant_id)
       )`,
      'create index alerts_stock on notification.alerts (sku, user_id) where is_for_stock',
      'create index alerts_price on notification.alerts (variant_id, user_id) where below is not null',
    ],
  },
];
