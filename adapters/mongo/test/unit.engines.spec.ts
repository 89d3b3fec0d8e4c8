import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { THINGS, thingsForEachTest, type Thing } from './things.rig.ts';

const things = thingsForEachTest();
const KEY = { principal: 'user:1', operation: 'make', key: 'k-1', fingerprint: 'one' };

describe('a unit on MongoDB', () => {
  it('is one document with the events about it', async () => {
    await things.put(1);
    expect(await things.stored()).toMatchObject({
      revision: 1,
      body: { name: 'v1' },
      pending: [{}],
      pendingCount: 1,
    });
  });

  it('refuses to save two documents, since it could not save both or neither', async () => {
    const two = things.run(async ({ unit }) => {
      await unit.put(THINGS, things.id, { name: 'one' });
      await unit.put(THINGS, systemIds.next(), { name: 'other' });
    });
    await expect(two).rejects.toThrow('one document');
    expect(await things.stored()).toBeUndefined();
  });

  it('refuses tasks, since no worker would find them', async () => {
    const promised = things.run(({ tasks }) => tasks.schedule({ key: 'k', kind: 'call', payload: null }));
    await expect(promised).rejects.toThrow('no tasks');
  });

  it('loses a race for a document that another unit has replaced since it was read', async () => {
    await things.put(1);
    let attempts = 0;
    const lost = things.run(async ({ unit }) => {
      attempts += 1;
      await unit.find(THINGS, things.id);
      const now = await things.stored();
      if (!now) throw new Error('nothing is stored');
      await things.database.stored(THINGS).replace({ _id: now._id }, { ...now, revision: now.revision + 1 });
      await unit.put(THINGS, things.id, { name: 'late' });
    });
    await expect(lost).rejects.toThrow(VersionConflict);
    expect(attempts).toBeGreaterThan(1);
    expect((await things.stored())?.body?.name).toBe('v1');
  });

  it('creates one document from two requests with the same idempotency key', async () => {
    const make = (): Promise<string> =>
      things.run(async ({ unit, idempotency }) => {
        const earlier = await idempotency.find(KEY);
        if (earlier) return String(earlier.outcome);
        const made = systemIds.next();
        await unit.put(THINGS, made, { name: made });
        await idempotency.remember(KEY, made);
        return made;
      });
    const [first, second] = await Promise.all([make(), make()]);
    expect(second).toBe(first);
    const there = await things.database.stored<Thing>(THINGS).find({ 'body.name': { $gte: '' } });
    expect(there.map(({ _id }) => _id)).toEqual([first]);
  });
});
