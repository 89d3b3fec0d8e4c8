import { beforeEach, describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { after, DAY } from '#kernel/clock.ts';
import { once, type IdempotencyKey } from '#kernel/idempotency.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { gone } from '#test/kit/events.ts';
import { ALL_STORES, storesWith } from '#test/kit/toolbox.ts';
import { openProbe, type Probe } from './probe.ts';

const key: IdempotencyKey = { principal: 'user:1', operation: 'add', key: 'k-1', fingerprint: 'one' };

let probe: Probe;

/** Adds one and answers what there is then. */
const add = (given: IdempotencyKey | undefined): Promise<Result<{ total: number }, unknown>> =>
  once(
    probe.unitOfWork,
    given,
    (outcome) => outcome as { total: number },
    async ({ numbers }) => {
      await numbers.add('total', 1);
      return ok({ total: (await numbers.get('total')) ?? 0 });
    },
  );

describe.each(ALL_STORES)('idempotency keys in %s', (store) => {
  beforeEach(async () => {
    probe = await openProbe(store);
  });

  it('replay the first outcome', async () => {
    expect(await add(key)).toEqual(ok({ total: 1 }));
    expect(await add(key)).toEqual(ok({ total: 1 }));
    expect(await probe.read('total')).toBe(1);
  });

  it('refuse another request under the same key', async () => {
    await add(key);
    expect(await add({ ...key, fingerprint: 'two' })).toMatchObject({
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(await probe.read('total')).toBe(1);
  });

  it('belong to one principal and one operation', async () => {
    await add(key);
    await add({ ...key, principal: 'user:2' });
    await add({ ...key, operation: 'other' });
    await add({ ...key, key: 'k-2' });
    await add(undefined);
    expect(await probe.read('total')).toBe(5);
  });

  it('stay free if the work is refused or fails', async () => {
    const refused = once(probe.unitOfWork, key, Number, () => Promise.resolve(refuse('NO', 'No.')));
    expect(await refused).toMatchObject({ error: { code: 'NO' } });
    const failed = once(probe.unitOfWork, key, Number, () => Promise.reject(new Error('broken')));
    await expect(failed).rejects.toThrow('broken');
    expect(await add(key)).toEqual(ok({ total: 1 }));
  });

  it('let one of many concurrent requests take effect, and return its outcome to all', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => add(key)));
    expect(outcomes).toEqual(Array.from({ length: 5 }, () => ok({ total: 1 })));
    expect(await probe.read('total')).toBe(1);
  });
});

// In memory they end with the process; in Redis by themselves, see redis.engines.spec.ts.
describe.each(storesWith('mongo').filter((name) => name !== 'memory'))('housekeeping in %s', (store) => {
  it('forgets idempotency keys after a day, and handled events after a month', async () => {
    const { unitOfWork, toolbox } = await openProbe(store);
    const { housekeeping } = toolbox.stores;
    const event = toolbox.seal(gone(systemIds.next()));
    const isKnown = (): Promise<readonly boolean[]> =>
      unitOfWork.run(async (tx) => [
        (await tx.idempotency.find(key)) !== undefined,
        (await tx.inbox.claim('mail', [event])).length === 0,
      ]);
    await unitOfWork.run(async (tx) => {
      await tx.idempotency.remember(key, 'done');
      await tx.inbox.claim('mail', [event]);
    });
    const sweepAfter = (days: number): Promise<void> => housekeeping.sweep(after(new Date(), days * DAY));
    await sweepAfter(0.5);
    expect(await isKnown()).toEqual([true, true]);
    await sweepAfter(1.5);
    expect(await isKnown()).toEqual([false, true]);
    await sweepAfter(31);
    expect(await isKnown()).toEqual([false, false]);
  });
});

// In memory one unit goes after the other.
describe.each(ALL_STORES.filter((store) => store !== 'memory'))('idempotency keys in %s', (store) => {
  beforeEach(async () => {
    probe = await openProbe(store);
  });

  it('return to a refused request the outcome of the concurrent identical one', async () => {
    const late = once(
      probe.unitOfWork,
      key,
      (outcome) => outcome as { total: number },
      async () => {
        await add(key); // between its reads
        return refuse('NO', 'No.');
      },
    );
    expect(await late).toEqual(ok({ total: 1 }));
    expect(await probe.read('total')).toBe(1);
  });
});
