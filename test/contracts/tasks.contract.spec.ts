import { beforeEach, describe, expect, it } from 'vitest';
import { runBecauseOf } from '#adapters/context/cause.ts';
import type { TaskStore } from '#adapters/messaging/stores.ts';
import { after, MINUTE, SECOND } from '#kernel/clock.ts';
import type { NewTask, Task } from '#kernel/tasks.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { START, storesWith } from '#test/kit/toolbox.ts';
import { openProbe, type ProbeTx } from './probe.ts';

const task = (key: string, changes: Partial<NewTask> = {}): NewTask => ({
  key,
  kind: 'call',
  payload: { to: key },
  cause: { correlationId: 'c-1', causationId: 'r-1' },
  ...changes,
});

describe.each(storesWith('redis'))('tasks in %s', (store) => {
  const probe = forEachTest(() => openProbe(store));
  let tasks: TaskStore;
  const run = <T>(work: (tx: ProbeTx) => Promise<T>): Promise<T> => probe.unitOfWork.run(work);
  const schedule = (...promised: readonly NewTask[]): Promise<void> =>
    run((tx) => tx.tasks.schedule(...promised));
  const claim = async (now = START, limit = 10): Promise<readonly Task[]> =>
    (await tasks.claim('call', now, after(now, MINUTE), limit)).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const keys = (found: readonly Task[]): readonly string[] => found.map(({ key }) => key);

  beforeEach(() => {
    ({ tasks } = probe.toolbox.stores);
  });

  it('exist from the commit on, with their cause', async () => {
    await run(async (tx) => {
      await tx.tasks.schedule(task('a'));
      await tx.tasks.schedule();
      expect(probe.woken).toEqual([]);
    });
    expect(probe.woken).toEqual(['tasks']);
    expect(await claim()).toEqual([
      {
        key: 'a',
        kind: 'call',
        payload: { to: 'a' },
        runAt: START,
        attempts: 0,
        cause: { correlationId: 'c-1', causationId: 'r-1' },
      },
    ]);
  });

  it('do not exist if the unit fails', async () => {
    const failed = run(async (tx) => {
      await tx.tasks.schedule(task('a'));
      throw new Error('broken');
    });
    await expect(failed).rejects.toThrow('broken');
    expect(await claim()).toEqual([]);
    expect(probe.woken).toEqual([]);
  });

  it('have the current cause, or begin a new correlation', async () => {
    const [{ cause: _, ...a }, { cause: __, ...b }] = [task('a'), task('b')];
    await runBecauseOf({ correlationId: 'c-9', causationId: 'r-9' }, () => schedule(a));
    await schedule(b);
    expect((await claim()).map(({ cause }) => cause)).toEqual([
      { correlationId: 'c-9', causationId: 'r-9' },
      { correlationId: 'b', causationId: 'b' },
    ]);
  });

  it('are scheduled once per key: the first stays as it is', async () => {
    await schedule(task('a', { payload: 1 }), task('a', { payload: 2 }));
    await schedule(task('a', { payload: 3 }));
    expect((await claim()).map(({ payload }) => payload)).toEqual([1]);
  });

  it('can be completed, and then scheduled again', async () => {
    await schedule(task('a'), task('b'));
    await run((tx) => tx.tasks.complete('a', 'unknown'));
    expect(keys(await claim())).toEqual(['b']);
    await schedule(task('a', { payload: 'again' }));
    expect(await claim()).toMatchObject([{ key: 'a', payload: 'again', attempts: 0 }]);
  });

  it('are completed and scheduled in one unit, in the order of the calls', async () => {
    await schedule(task('a', { payload: 'old' }), task('b', { payload: 'old' }));
    await run(async (tx) => {
      await tx.tasks.complete('a');
      await tx.tasks.schedule(task('a', { payload: 'new' }), task('c'));
      await tx.tasks.schedule(task('b', { payload: 'new' }));
      await tx.tasks.complete('b', 'c');
    });
    expect((await claim()).map(({ key, payload }) => [key, payload])).toEqual([['a', 'new']]);
  });

  it('are claimed when they are due, the longest due first', async () => {
    await schedule(
      task('late', { runAt: after(START, SECOND) }),
      task('soon', { runAt: after(START, -SECOND) }),
      task('sooner', { runAt: after(START, -MINUTE) }),
      task('other', { kind: 'mail' }),
    );
    expect(keys(await claim(START, 1))).toEqual(['sooner']);
    expect(keys(await claim())).toEqual(['soon']);
    expect(keys(await claim(after(START, SECOND)))).toEqual(['late']);
  });

  it('belong to their worker until the lease ends', async () => {
    await schedule(task('a'));
    await claim();
    expect(await claim(after(START, MINUTE - 1))).toEqual([]);
    expect(await claim(after(START, MINUTE))).toMatchObject([{ key: 'a', attempts: 1 }]);
  });

  it('are released at once when their process is known to be dead', async () => {
    await schedule(task('a'));
    await claim();
    await tasks.releaseAll();
    expect(keys(await claim())).toEqual(['a']);
  });

  it('that are returned wait for their time, and count their attempts', async () => {
    await schedule(task('a'));
    await claim();
    await tasks.retry('a', after(START, SECOND), 'Error: no');
    expect(await claim(after(START, SECOND - 1))).toEqual([]);
    expect(await claim(after(START, SECOND))).toMatchObject([
      { key: 'a', attempts: 1, runAt: after(START, SECOND) },
    ]);
  });

  it('that are returned after they were completed stay completed', async () => {
    await schedule(task('a'));
    await claim();
    await run((tx) => tx.tasks.complete('a'));
    await tasks.retry('a', START, 'Error: no');
    expect(await claim()).toEqual([]);
  });

  it('report when the next one is due: at its time, or when its lease ends', async () => {
    expect(await tasks.nextDue('call')).toBeUndefined();
    await schedule(task('a'), task('b', { runAt: after(START, 2 * MINUTE) }), task('x', { kind: 'mail' }));
    expect(await tasks.nextDue('call')).toEqual(START);
    await claim();
    expect(await tasks.nextDue('call')).toEqual(after(START, MINUTE));
    await run((tx) => tx.tasks.complete('a'));
    expect(await tasks.nextDue('call')).toEqual(after(START, 2 * MINUTE));
  });

  it('that keep failing can be seen with their error', async () => {
    await schedule(task('a'), task('b', { runAt: after(START, MINUTE) }));
    await claim();
    await tasks.retry('a', START, 'Error: first');
    await claim();
    await tasks.retry('a', START, 'Error: second');
    expect(await tasks.stuck(3, 10)).toEqual([]);
    expect(await tasks.stuck(2, 10)).toEqual([
      {
        key: 'a',
        kind: 'call',
        payload: { to: 'a' },
        runAt: START,
        attempts: 2,
        cause: { correlationId: 'c-1', causationId: 'r-1' },
        error: 'Error: second',
      },
    ]);
    expect(keys(await tasks.stuck(0, 1))).toHaveLength(1);
  });

  it('that keep failing can be made due, except those in progress', async () => {
    await schedule(task('a'), task('b'), task('c', { runAt: after(START, MINUTE) }));
    await claim();
    await tasks.retry('a', after(START, 2 * MINUTE), 'Error: no');
    expect(await tasks.hasten(1, START)).toEqual([{ key: 'a', kind: 'call', runAt: START }]);
    expect(keys(await claim())).toEqual(['a']);
    expect(await tasks.hasten(1, START)).toEqual([]);
  });

  it('store a payload as JSON does', async () => {
    await schedule(
      task('a', { payload: { at: START, text: '"quoted", {braced} \\ and ’so on’', none: null } }),
    );
    expect((await claim())[0]?.payload).toEqual({
      at: START.toISOString(),
      text: '"quoted", {braced} \\ and ’so on’',
      none: null,
    });
  });
});
