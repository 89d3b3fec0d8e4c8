import type { EventEnvelope } from '#kernel/events.ts';
import type { DeliveryJournal } from '../messaging/in-process-bus.ts';
import type { Migration } from './migrate.ts';
import type { SqlDatabase } from './sql.ts';

export const journalMigrations: readonly Migration[] = [
  {
    name: '0001-deliveries',
    up: [
      `create table bus.deliveries (
         seq bigint generated always as identity,
         consumer text not null,
         event_id uuid not null,
         envelope text not null,
         primary key (consumer, event_id)
       )`,
    ],
  },
];

/** One row per event and consumer, in schema `bus`. */
export const sqlJournal = (database: SqlDatabase): DeliveryJournal => ({
  append: async (deliveries) => {
    await database.query(
      `insert into bus.deliveries (consumer, event_id, envelope)
       select * from unnest($1::text[], $2::uuid[], $3::text[]) on conflict do nothing`,
      [
        deliveries.map(({ consumer }) => consumer),
        deliveries.map(({ envelope }) => envelope.event_id),
        deliveries.map(({ envelope }) => JSON.stringify(envelope)),
      ],
    );
  },
  remove: async (finished) => {
    await database.query(
      `delete from bus.deliveries where (consumer, event_id) in (select * from unnest($1::text[], $2::uuid[]))`,
      [finished.map(({ consumer }) => consumer), finished.map(({ eventId }) => eventId)],
    );
  },
  load: async () => {
    const rows = await database.query<{ consumer: string; envelope: string }>(
      'select consumer, envelope from bus.deliveries order by seq',
    );
    return rows.map(({ consumer, envelope }) => ({
      consumer,
      envelope: JSON.parse(envelope) as EventEnvelope,
    }));
  },
});
