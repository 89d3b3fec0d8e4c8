import type { EventEnvelope } from '#kernel/events.ts';
import { inChunks } from '../messaging/in-chunks.ts';
import type { InProcessBus } from '../messaging/in-process-bus.ts';
import type { RelayRoute } from '../messaging/relay.ts';
import type { SqlDatabase } from './sql.ts';

/**
 * From all outboxes of one database to the journal of the in-process bus, in the same database: one statement moves the
 * events, so there is nothing to repeat after a crash.
 * @param schemas those with an outbox
 */
export const journalRoute = (
  database: SqlDatabase,
  schemas: readonly string[],
  bus: InProcessBus,
): RelayRoute => {
  const text = moveText(schemas);
  const move = async (limit: number): Promise<number> => {
    const routes = bus.routes();
    const rows = await database.query<{ envelope: string }>(text, [
      limit,
      routes.map(({ topic }) => topic),
      routes.map(({ consumer }) => consumer),
    ]);
    const envelopes: EventEnvelope[] = [];
    await inChunks(rows, ({ envelope }) => envelopes.push(JSON.parse(envelope) as EventEnvelope));
    await bus.deliver(envelopes);
    return rows.length;
  };
  let isSure = true;
  return {
    tryLock: () => Promise.resolve({ isHeld: () => true, release: () => Promise.resolve() }), // by the shop's own lock
    move: async (limit) => {
      if (!isSure) await bus.restore(); // a broken connection may have committed
      isSure = false;
      const moved = await move(limit);
      isSure = true;
      return moved;
    },
  };
};

/** At most `$1` events of each schema; `$2`, `$3`: topics and their consumers, pair by pair. */
const moveText = (schemas: readonly string[]): string => {
  const taken = schemas.map(
    (schema, index) =>
      `t${index} as (delete from ${schema}.outbox where seq in (select seq from ${schema}.outbox order by seq limit $1)
         returning seq, event_id, envelope)`,
  );
  const all = schemas.map((_, index) => `select ${index} as source, seq, event_id, envelope from t${index}`);
  return `
    with ${taken.join(', ')},
      moved as (${all.join(' union all ')}),
      kept as (
        insert into bus.deliveries (consumer, event_id, envelope)
        select r.consumer, m.event_id, m.envelope
        from moved m join unnest($2::text[], $3::text[]) as r (topic, consumer)
          on r.topic = m.envelope::json ->> 'event_type'
        order by m.source, m.seq
        on conflict do nothing)
    select envelope from moved order by source, seq`;
};
