import { beforeEach, describe, expect, it } from 'vitest';
import { isUnavailable, type SqlDatabase } from '#adapters/postgres/sql.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { after, MINUTE } from '#kernel/clock.ts';
import { once, type IdempotencyKey } from '#kernel/idempotency.ts';
import { ok } from '#kernel/result.ts';
import { until } from '#test/kit/conditions.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { gone } from '#test/kit/events.ts';
import { START } from '#test/kit/toolbox.ts';
import { openProbe } from './probe.ts';

/** A point that several must reach before one goes on. */
const meeting = (of: number): (() => Promise<void>) => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let there = 0;
  return async () => {
    there += 1;
    if (there >= of) resolve(undefined);
    await promise;
  };
};

const probe = forEachTest(() => openProbe('postgres'));
let database: SqlDatabase;

beforeEach(() => {
  const { store } = probe.toolbox;
  if (store.kind !== 'sql') throw new Error('not SQL');
  ({ database } = store);
});

describe('two units at once', () => {
  it('do not see what the other has not committed', async () => {
    const seen = await probe.unitOfWork.run(async ({ numbers }) => {
      await numbers.add('a', 1);
      return [await probe.read('a'), await numbers.get('a')];
    });
    expect(seen).toEqual([undefined, 1]);
  });

  it('both take effect, even if one loses a deadlock', async () => {
    const bothHold = meeting(2);
    let attempts = 0;
    const lockBoth = (first: string, second: string): Promise<void> =>
      probe.unitOfWork.run(async ({ numbers }) => {
        attempts += 1;
        await numbers.add(first, 1);
        await bothHold(); // open from the second attempt on
        await numbers.add(second, 1);
      });
    await Promise.all([lockBoth('a', 'b'), lockBoth('b', 'a')]);
    expect(attempts).toBeGreaterThan(2);
    expect([await probe.read('a'), await probe.read('b')]).toEqual([2, 2]);
  });

  it('under one idempotency key take effect once: the second waits for the first and replays it', async () => {
    const key: IdempotencyKey = { principal: 'user:1', operation: 'add', key: 'k-1', fingerprint: 'one' };
    const bothBegun = meeting(2);
    let effects = 0;
    const add = (): Promise<unknown> =>
      once(probe.unitOfWork, key, Number, async ({ numbers }) => {
        await bothBegun(); // neither has found the key
        const mine = (effects += 1);
        await numbers.put('a', mine);
        return ok(mine);
      });
    const [first, second] = await Promise.all([add(), add()]);
    expect(second).toEqual(first);
    expect(first).toEqual(ok(await probe.read('a')));
  });

  it('claim different tasks', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `t${String(index).padStart(2, '0')}`);
    await probe.unitOfWork.run(({ tasks }) =>
      tasks.schedule(...keys.map((key) => ({ key, kind: 'call', payload: null }))),
    );
    const { tasks } = probe.toolbox.stores;
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => tasks.claim('call', START, after(START, MINUTE), 5)),
    );
    const claimed = claims.flat().map(({ key }) => key);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = await tasks.claim('call', START, after(START, MINUTE), 100);
    expect([...claimed, ...rest.map(({ key }) => key)].toSorted()).toEqual(keys);
  });

  it('claim overlapping batches of events, each event once, whatever their order', async () => {
    const events = Array.from({ length: 30 }, () => probe.toolbox.seal(gone(systemIds.next())));
    const claims = await Promise.all(
      [events, events.toReversed(), events.slice(10), events.slice(0, 20)].map((batch) =>
        probe.unitOfWork.run(({ inbox }) => inbox.claim('mail', batch)),
      ),
    );
    expect(
      claims
        .flat()
        .map(({ event_id }) => event_id)
        .toSorted(),
    ).toEqual(events.map(({ event_id }) => event_id).toSorted());
  });
});

describe('a lock', () => {
  it('has one holder, until it is released', async () => {
    const first = await database.tryLock('probe.outbox');
    expect(await database.tryLock('probe.outbox')).toBeUndefined();
    await first?.release();
    const second = await database.tryLock('probe.outbox');
    expect([first?.isHeld(), second?.isHeld()]).toEqual([false, true]);
    await second?.release();
    await second?.release();
  });

  it('is lost with its connection, which its holder notices', async () => {
    const lock = await database.tryLock('probe.outbox');
    await endBackends("query like '%pg_try_advisory_lock%'");
    // An idle connection may have been ended as well, and its end not noticed yet.
    const unlessAway = (error: unknown): undefined => {
      if (!isUnavailable(error)) throw error;
    };
    const next = await until(() => database.tryLock('probe.outbox').catch(unlessAway));
    await until(() => lock?.isHeld() === false);
    expect(next.isHeld()).toBe(true);
    await next.release();
  });
});

describe('a connection that breaks', () => {
  it('fails the unit as an outage of the store, and the next unit gets another one', async () => {
    const failed = probe.unitOfWork.run(async ({ numbers }) => {
      await numbers.add('a', 1);
      await endBackends("state = 'idle in transaction'");
      await numbers.add('a', 1);
    });
    const error: unknown = await failed.catch((reason: unknown) => reason);
    expect(isUnavailable(error)).toBe(true);
    await probe.unitOfWork.run(({ numbers }) => numbers.add('a', 5));
    expect(await probe.read('a')).toBe(5);
  });
});

const endBackends = (which: string): Promise<unknown> =>
  database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and ${which}`,
  );
