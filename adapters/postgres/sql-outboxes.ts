import type { OutboxEvent } from '../messaging/hand-over.ts';
import type { Outboxes } from '../messaging/in-process-bus.ts';
import type { SqlDatabase } from './sql.ts';

interface Row {
  readonly outbox: string;
  readonly seq: number;
  readonly event_id: string;
  readonly type: string;
  readonly envelope: string;
}

/** The outboxes of all services on one database. */
export const sqlOutboxes = (database: SqlDatabase, schemas: readonly string[]): Outboxes => {
  const all = schemas.map(
    (schema) => `select '${schema}' as outbox, seq, event_id, envelope from ${schema}.outbox`,
  );
  const loadText = `
    select outbox, seq, event_id, envelope::json ->> 'event_type' as type, envelope
    from (${all.join(' union all ')}) as events order by outbox, seq`;
  const removals = schemas.map(
    (schema, index) => `r${index} as (delete from ${schema}.outbox where seq = any($${index + 1}::bigint[]))`,
  );
  const removeText = `with ${removals.join(', ')} select 1`;
  return {
    load: async () => {
      const rows = await database.query<Row>(loadText);
      return rows.map(({ outbox, seq, event_id, type, envelope }) => ({
        outbox,
        seq,
        eventId: event_id,
        type,
        text: envelope,
      }));
    },
    remove: async (events) => {
      const bySchema = Map.groupBy(events, ({ outbox }: OutboxEvent) => outbox);
      await database.query(
        removeText,
        schemas.map((schema) => bySchema.get(schema)?.map(({ seq }) => seq) ?? []),
      );
    },
  };
};
