import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { after, DAY } from '#kernel/clock.ts';
import { gone } from '#test/kit/events.ts';
import type { Documents } from '../documents.ts';
import type { MongoDatabase } from '../mongo-database.ts';
import { mongoOutboxStore } from '../mongo-stores.ts';
import { THINGS, thingsForEachTest } from './things.rig.ts';

const things = thingsForEachTest();
const { put, remove, run, stored, waiting, relay } = things;
const KEY = { principal: 'user:1', operation: 'make', key: 'k-1', fingerprint: 'one' };

/** The same database, where something happens just before the first write behind the business. */
const interrupted = (database: MongoDatabase, meanwhile: () => Promise<void>): MongoDatabase => {
  let isFirst = true;
  const interrupting = <T>(documents: Documents<T>): Documents<T> => ({
    ...documents,
    writeAll: async (writes) => {
      if (isFirst) await meanwhile();
      isFirst = false;
      return documents.writeAll(writes);
    },
  });
  return {
    ...database,
    stored: <Body>(collection: string) => interrupting(database.stored<Body>(collection)),
  };
};

describe('the relay on MongoDB', () => {
  it('takes events from their documents, which stay', async () => {
    await put(1);
    await put(2);
    await run((tx) => tx.outbox.add(gone(systemIds.next(), 3)));
    expect([await waiting(), await things.stores.outbox.size()]).toEqual([[1, 2, 3], 3]);
    await relay();
    expect([await waiting(), await things.stores.outbox.size()]).toEqual([[], 0]);
    expect(await stored()).toMatchObject({ body: { name: 'v2' }, pending: [] });
  });

  it('reads the requested number of events, the oldest of all documents', async () => {
    for (const version of [1, 2, 3, 4])
      await run((tx) => tx.outbox.add(gone(systemIds.next(), version), gone(systemIds.next(), version)));
    const oldest = await things.stores.outbox.oldest(3);
    expect(oldest.map(({ envelope }) => envelope.aggregate_version)).toEqual([1, 1, 2]);
    await things.stores.outbox.remove(oldest.map(({ id }) => id));
    expect(await waiting()).toEqual([2, 3, 3, 4, 4]);
  });

  it('loses neither a concurrent change nor its event while it removes events', async () => {
    await put(1);
    const first = await things.stores.outbox.oldest(10);
    const outbox = mongoOutboxStore(interrupted(things.database, () => put(2)));
    await outbox.remove(first.map(({ id }) => id));
    expect(await waiting()).toEqual([2]);
    expect(await stored()).toMatchObject({ body: { name: 'v2' } });
  });

  it('keeps a tombstone until the deletion is relayed, and then nothing', async () => {
    await put(1);
    await remove(2);
    expect(await stored()).toMatchObject({ revision: 2, pending: [{}, {}] });
    expect((await stored())?.body).toBeUndefined();
    await relay();
    expect(await stored()).toBeUndefined();
  });

  it('keeps a document that is created again while its tombstone is removed', async () => {
    await put(1);
    await remove(2);
    const all = await things.stores.outbox.oldest(10);
    const outbox = mongoOutboxStore(interrupted(things.database, () => put(3)));
    await outbox.remove(all.map(({ id }) => id));
    expect(await stored()).toMatchObject({ body: { name: 'v3' } });
    expect(await waiting()).toEqual([3]);
  });

  it('keeps a tombstone while the request that created the document may be retried', async () => {
    await run(async ({ unit, idempotency }) => {
      await unit.put(THINGS, things.id, { name: 'a' });
      await idempotency.remember(KEY, things.id);
    });
    await remove(2);
    await relay();
    expect(await run(({ idempotency }) => idempotency.find(KEY))).toMatchObject({ outcome: things.id });
    await things.stores.housekeeping.sweep(after(new Date(), 2 * DAY));
    expect(await stored()).toBeUndefined();
  });

  it('keeps the order of a document whose writers’ clocks disagree', async () => {
    await put(1);
    await put(2);
    const before = await stored();
    const [first, second] = before?.pending ?? [];
    if (!before || !first || !second) throw new Error('nothing waits');
    const pending = [first, { ...second, at: first.at - 1_000_000 }];
    await things.database.stored(THINGS).replace({ _id: things.id }, { ...before, pending });
    expect(await waiting()).toEqual([1, 2]);
  });
});
