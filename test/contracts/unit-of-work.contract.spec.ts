import { beforeEach, describe, expect, it } from 'vitest';
import { SqlUnitOfWork, type SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { UNIT_TRIES } from '#adapters/resilience/contention.ts';
import { refuse } from '#kernel/result.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { gone } from '#test/kit/events.ts';
import { ALL_STORES, STORES } from '#test/kit/toolbox.ts';
import { openProbe, type ProbeTx } from './probe.ts';

describe.each(ALL_STORES)('a unit of work in %s', (store) => {
  const probe = forEachTest(() => openProbe(store));
  const run = <T>(work: (tx: ProbeTx) => Promise<T>): Promise<T> => probe.unitOfWork.run(work);

  it('commits its writes, and returns the result of its work', async () => {
    const answer = await run(async ({ numbers }) => {
      await numbers.put('a', 1);
      await numbers.add('b', 2);
      return 'done';
    });
    expect([answer, await probe.read('a'), await probe.read('b')]).toEqual(['done', 1, 2]);
  });

  it('leaves nothing behind when it fails', async () => {
    const failed = run(async ({ numbers }) => {
      await numbers.put('a', 1);
      await numbers.add('b', 2);
      throw new Error('broken');
    });
    await expect(failed).rejects.toThrow('broken');
    expect([await probe.read('a'), await probe.read('b')]).toEqual([undefined, undefined]);
  });

  it('treats a refusal as a result, not as a failure', async () => {
    const refusal = refuse('NO', 'No.');
    let attempts = 0;
    const answer = await run(() => {
      attempts += 1;
      return Promise.resolve(refusal);
    });
    expect([answer, attempts]).toEqual([refusal, 1]);
  });

  it('reads its own writes', async () => {
    const seen = await run(async ({ numbers }) => {
      const before = await numbers.get('a');
      await numbers.put('a', 1);
      const queued = await numbers.get('a');
      await numbers.add('a', 2);
      const added = await numbers.get('a');
      await numbers.put('a', 9);
      return [before, queued, added, await numbers.get('a')];
    });
    expect(seen).toEqual([undefined, 1, 3, 9]);
  });

  it('writes the same table twice', async () => {
    await run(async ({ numbers }) => {
      await numbers.put('a', 1);
      await numbers.put('a', 2);
      await numbers.change('a', 2, 3);
      await numbers.put('b', 1);
    });
    expect([await probe.read('a'), await probe.read('b')]).toEqual([3, 1]);
  });

  it('is visible from outside only after the commit', async () => {
    await run(({ numbers }) => numbers.put('a', 1));
    const reads: Promise<number | undefined>[] = [];
    const failed = run(async ({ numbers }) => {
      await numbers.add('a', 5);
      // Not awaited: a store with a single connection answers when the unit has ended.
      reads.push(probe.read('a'));
      throw new Error('broken');
    });
    await expect(failed).rejects.toThrow('broken');
    expect(await Promise.all(reads)).toEqual([1]);
  });

  it('fails as a whole if a guard fails', async () => {
    await run(({ numbers }) => numbers.put('a', 1));
    const failed = run(async ({ numbers, outbox, tasks }) => {
      await numbers.change('a', 7, 8);
      await outbox.add(gone(systemIds.next()));
      await tasks.schedule({ key: 'k', kind: 'call', payload: {} });
    });
    await expect(failed).rejects.toThrow(VersionConflict);
    expect(await probe.read('a')).toBe(1);
    expect(await probe.toolbox.announced()).toEqual([]);
    expect(await probe.toolbox.stores.tasks.nextDue('call')).toBeUndefined();
    expect(probe.woken).toEqual([]);
  });

  it('repeats its work from the start if another unit was faster', async () => {
    await run(({ numbers }) => numbers.put('a', 1));
    const seen: (number | undefined)[] = [];
    await run(async ({ numbers, outbox }) => {
      seen.push(await numbers.get('a'));
      await outbox.add(gone(systemIds.next()));
      if (seen.length < 3) throw new VersionConflict('a');
      await numbers.change('a', 1, 2);
    });
    expect(seen).toEqual([1, 1, 1]);
    expect(await probe.read('a')).toBe(2);
    expect(await probe.toolbox.announced()).toHaveLength(1);
  });

  it('gives up if other units are always faster', async () => {
    let attempts = 0;
    const failed = run(() => {
      attempts += 1;
      throw new VersionConflict('a');
    });
    await expect(failed).rejects.toThrow(VersionConflict);
    expect(attempts).toBeGreaterThanOrEqual(UNIT_TRIES.tries);
  });

  it('does not repeat work that fails for another reason', async () => {
    let attempts = 0;
    const failed = run(() => {
      attempts += 1;
      return Promise.reject(new Error('broken'));
    });
    await expect(failed).rejects.toThrow('broken');
    expect(attempts).toBe(1);
  });

  it('loses no change of concurrent units', async () => {
    await run(({ numbers }) => numbers.put('a', 0));
    const increment = (): Promise<void> =>
      run(async ({ numbers }) => {
        const value = (await numbers.get('a')) ?? 0;
        await numbers.change('a', value, value + 1);
      });
    // Each lets the other through once at most, so no number of attempts is used up.
    await Promise.all([increment(), increment()]);
    await Promise.all(Array.from({ length: 10 }, () => run(({ numbers }) => numbers.add('a', 1))));
    expect(await probe.read('a')).toBe(12);
  });

  it('is not affected by a concurrent unit that fails', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        run(async ({ numbers, outbox }) => {
          await numbers.add(`n${index}`, 1);
          await outbox.add(gone(systemIds.next(), index));
          await numbers.put(`m${index}`, 1);
          if (index % 2 === 1) throw new Error('broken');
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const versions = (await probe.toolbox.announced()).map(({ aggregate_version }) => aggregate_version);
    expect(versions.toSorted()).toEqual([0, 2, 4, 6, 8]);
    expect(
      await Promise.all([probe.read('n3'), probe.read('m3'), probe.read('n4'), probe.read('m4')]),
    ).toEqual([undefined, undefined, 1, 1]);
  });

  it('is separate from those of another service on the same store', async () => {
    const other = await openProbe(store, 'probe_two');
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? probe : other).unitOfWork.run(async ({ numbers }) => {
          await numbers.add('a', 1);
          await numbers.get('a');
          await numbers.put('b', index);
        }),
      ),
    );
    expect([await probe.read('a'), await other.read('a')]).toEqual([5, 5]);
  });
});

describe.each(STORES.filter((name) => name !== 'memory'))('a transaction in %s', (store) => {
  let unitOfWork: SqlUnitOfWork<SqlTransaction>;
  const probe = forEachTest(() => openProbe(store));

  beforeEach(() => {
    const { store: opened } = probe.toolbox;
    if (opened.kind !== 'sql') throw new Error('not SQL');
    unitOfWork = new SqlUnitOfWork(opened.database, opened.schema, (tx) => tx);
  });

  const put = (tx: SqlTransaction, value: number): Promise<void> =>
    tx.write({
      table: 'numbers',
      text: 'insert into probe.numbers values ($1, $2)',
      params: [`n${value}`, value],
    });

  it('lets repositories write at its end, in the order of their requests', async () => {
    const steps: string[] = [];
    await unitOfWork.run(async (tx) => {
      tx.onCommit(() => void steps.push('told'));
      tx.beforeCommit(async () => {
        steps.push('first');
        await put(tx, 1);
        tx.beforeCommit(async () => void steps.push('asked late'));
      });
      tx.beforeCommit(async () => {
        steps.push('second');
        await put(tx, 2);
      });
      await put(tx, 3);
      steps.push('work');
    });
    expect(steps).toEqual(['work', 'first', 'second', 'asked late', 'told']);
    expect([await probe.read('n1'), await probe.read('n2'), await probe.read('n3')]).toEqual([1, 2, 3]);
  });

  it('fails when a write at its end fails, and notifies no one', async () => {
    const steps: string[] = [];
    const failed = unitOfWork.run(async (tx) => {
      tx.onCommit(() => void steps.push('told'));
      tx.beforeCommit(() => Promise.reject(new Error('broken')));
      await put(tx, 1);
    });
    await expect(failed).rejects.toThrow('broken');
    expect(await probe.read('n1')).toBeUndefined();
    expect(steps).toEqual([]);
  });

  it('fails if its work ignored a failed statement', async () => {
    const failed = unitOfWork.run(async (tx) => {
      await tx.execute('insert into probe.numbers values ($1, 1)', ['a']);
      await tx.execute('insert into probe.numbers values ($1, -1)', ['b']).catch(() => undefined);
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await probe.read('a')).toBeUndefined();
  });

  it('treats a key that has just been taken as a conflict', async () => {
    let attempts = 0;
    const failed = unitOfWork.run(async (tx) => {
      attempts += 1;
      await put(tx, 1);
      await put(tx, 1);
    });
    await expect(failed).rejects.toThrow(VersionConflict);
    expect(attempts).toBeGreaterThanOrEqual(UNIT_TRIES.tries);
  });

  it('decides before it is ready, and neither locks nor writes until then', async () => {
    const asked = Promise.withResolvers<undefined>();
    const turn = Promise.withResolvers<undefined>();
    const ready = async (): Promise<void> => {
      asked.resolve(undefined);
      await turn.promise;
    };
    const later = unitOfWork.runWhen(ready, async (tx) => {
      await tx.execute('insert into probe.numbers values ($1, 2)', ['b']);
      await put(tx, 1);
    });
    await asked.promise;
    await unitOfWork.run((tx) => put(tx, 3)); // would wait for the other's connection, where there is only one
    expect([await probe.read('n3'), await probe.read('n1')]).toEqual([3, undefined]);
    turn.resolve(undefined);
    await later;
    expect([await probe.read('n1'), await probe.read('b')]).toEqual([1, 2]);
  });

  it('starts again if something has changed before its turn, and writes nothing if that fails', async () => {
    let attempts = 0;
    const ready = async (): Promise<void> => {
      if (attempts === 1) throw new VersionConflict('it');
      await Promise.resolve();
    };
    await unitOfWork.runWhen(ready, async (tx) => {
      attempts += 1;
      await put(tx, attempts);
    });
    expect([await probe.read('n1'), await probe.read('n2')]).toEqual([undefined, 2]);
    const failed = unitOfWork.runWhen(
      () => Promise.reject(new Error('too late')),
      (tx) => put(tx, 5),
    );
    await expect(failed).rejects.toThrow('too late');
    expect(await probe.read('n5')).toBeUndefined();
  });
});
