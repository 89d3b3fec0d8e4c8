/** Endpoints are documents; deliveries are many, and looked up by endpoint, state and age. */
export const webhookTables: readonly string[] = [
  `create table notification.webhook_deliveries (
     endpoint_id uuid not null,
     event_id uuid not null,
     type text not null,
     body text not null,
     status text not null,
     attempts jsonb not null,
     tries integer not null,
     next_at timestamptz(3),
     created_at timestamptz(3) not null,
     version integer not null,
     primary key (endpoint_id, event_id)
   )`,
  'create index webhook_deliveries_by_status on notification.webhook_deliveries (endpoint_id, status, event_id)',
  'create index webhook_deliveries_by_age on notification.webhook_deliveries (created_at)',
  `create index webhook_deliveries_pending on notification.webhook_deliveries (created_at) where status = 'pending'`,
];
