import type { EventEnvelope } from '#kernel/events.ts';
import type { Housekeeping, OutboxStore, TaskStore } from '../messaging/stores.ts';
import type { MongoDatabase } from './mongo-database.ts';
import { tryLease } from './lease.ts';
import { rewrite, withoutEvents, withoutExpired, type Stored } from './stored.ts';

const WAITING = { isPending: true };
const OLDEST = { pendingFrom: 1, _id: 1 } as const;

type Waiting = Pick<Stored, '_id' | 'pending'>;

/** The position of a pending event. */
type Place = readonly [collection: string, document: string, event: string];

/** The events of one document keep their order, regardless of the writers' clocks. */
const inOrder = (collection: string, { _id, pending }: Waiting) => {
  let latest = 0;
  return pending.map(({ id, at, envelope }) => {
    latest = Math.max(latest, at);
    const place: Place = [collection, _id, id];
    return { at: latest, id: JSON.stringify(place), envelope };
  });
};

export const mongoOutboxStore = (database: MongoDatabase): OutboxStore => ({
  oldest: async (limit) => {
    const found = await Promise.all(
      database.all().map(async ({ collection, documents }) => {
        const waiting = await documents.find<Waiting>(WAITING, { sort: OLDEST, limit, fields: ['pending'] });
        return waiting.flatMap((document) => inOrder(collection, document));
      }),
    );
    return found
      .flat()
      .toSorted((a, b) => a.at - b.at)
      .slice(0, limit)
      .map(({ id, envelope }) => ({ id, envelope: JSON.parse(envelope) as EventEnvelope }));
  },
  remove: async (ids) => {
    const places = ids.map((id) => JSON.parse(String(id)) as Place);
    for (const [collection, here] of Map.groupBy(places, ([name]) => name)) {
      const events = new Set(here.map(([, , event]) => event));
      const documents = [...new Set(here.map(([, document]) => document))];
      await rewrite(database.stored(collection), documents, (stored) => withoutEvents(stored, events));
    }
  },
  size: async () => {
    const counts = await Promise.all(
      database
        .all()
        .map(({ documents }) =>
          documents.find<Pick<Stored, 'pendingCount'>>(WAITING, { fields: ['pendingCount'] }),
        ),
    );
    return counts.flat().reduce((sum, { pendingCount = 0 }) => sum + pendingCount, 0);
  },
  tryLock: () => tryLease(database.locks(), 'relay'),
});

/** There are no tasks: a unit on MongoDB refuses to schedule any. */
export const noTasks: TaskStore = {
  claim: () => Promise.resolve([]),
  retry: () => Promise.resolve(),
  nextDue: () => Promise.resolve(undefined),
  releaseAll: () => Promise.resolve(),
  stuck: () => Promise.resolve([]),
  hasten: () => Promise.resolve([]),
};

const BATCH = 200;

export const mongoHousekeeping = (database: MongoDatabase): Housekeeping => ({
  sweep: async (now) => {
    for (const { documents } of database.all()) {
      let found: readonly Pick<Stored, '_id'>[];
      do {
        found = await documents.find(
          { sweepAt: { $lte: now } },
          { sort: { sweepAt: 1, _id: 1 }, limit: BATCH, fields: ['revision'] },
        );
        const ids = found.map(({ _id }) => _id);
        await rewrite(documents, ids, (stored) => withoutExpired(stored, now));
      } while (found.length === BATCH);
    }
  },
});
