import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentCause } from '#adapters/context/cause.ts';
import type { TaskStore } from '#adapters/messaging/stores.ts';
import { after, DAY, MINUTE, SECOND, type ManualClock } from '#kernel/clock.ts';
import { RetryLater, type Performed, type Task } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { openProbe, type ProbeTx } from '#test/contracts/probe.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { START } from '#test/kit/toolbox.ts';
import { PERFORM_MS, TaskWorker } from './task-worker.ts';

describe('a task worker', () => {
  const probe = forEachTest(() => openProbe('memory'));
  let clock: ManualClock;
  let tasks: TaskStore;
  let units: number;
  let workers: TaskWorker<ProbeTx, string>[];
  let perform: (task: Task) => Promise<string>;
  let settle: (tx: ProbeTx, done: readonly Performed<string>[]) => Promise<void>;
  let performed: string[];
  let settled: (readonly string[])[];

  const schedule = (...keys: readonly string[]): Promise<void> =>
    probe.unitOfWork.run((tx) =>
      tx.tasks.schedule(
        ...keys.map((key) => ({
          key,
          kind: 'call',
          payload: {},
          cause: { correlationId: `story of ${key}`, causationId: 'r-1' },
        })),
      ),
    );
  const work = (atOnce?: number): TaskWorker<ProbeTx, string> => {
    const unitOfWork: UnitOfWork<ProbeTx> = {
      run: (inside) => {
        units += 1;
        return probe.unitOfWork.run(inside);
      },
    };
    const handler = {
      kind: 'call',
      perform: (task: Task) => perform(task),
      settle: (tx: ProbeTx, done: readonly Performed<string>[]) => settle(tx, done),
    };
    const { logger } = probe.toolbox;
    const worker = new TaskWorker({ handler, store: tasks, unitOfWork, clock, logger, atOnce });
    workers.push(worker);
    worker.start();
    return worker;
  };
  /** Both clocks: the one that the application asks, and the one behind pauses. */
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await vi.advanceTimersByTimeAsync(ms);
    for (let turns = 0; turns < 3; turns += 1) {
      await new Promise(setImmediate); // settling, what that makes room for, and settling that
      await vi.advanceTimersByTimeAsync(0);
    }
  };
  const errors = async (): Promise<readonly unknown[]> =>
    (await tasks.stuck(1, 10)).map(({ key, attempts, error }) => [key, attempts, error]);

  beforeEach(async () => {
    ({ clock } = probe.toolbox);
    ({ tasks } = probe.toolbox.stores);
    [units, workers, performed, settled] = [0, [], [], []];
    perform = async ({ key }) => {
      performed.push(key);
      return `answer to ${key}`;
    };
    settle = async ({ numbers }, done) => {
      settled.push(done.map(({ outcome }) => outcome));
      for (const { task } of done) await numbers.add(task.key, 1);
    };
    vi.useFakeTimers({ toNotFake: ['setImmediate'] });
  });
  afterEach(async () => {
    const stopped = Promise.all(workers.map((worker) => worker.stop()));
    await vi.advanceTimersByTimeAsync(PERFORM_MS); // what hangs is given up
    await stopped;
    vi.useRealTimers();
  });

  it('performs due tasks, settles them in one unit, and ends them', async () => {
    await schedule('a', 'b');
    work();
    await pass(0);
    expect(performed).toEqual(['a', 'b']);
    expect(settled).toEqual([['answer to a', 'answer to b']]);
    expect(units).toBe(1);
    expect([await probe.read('a'), await tasks.nextDue('call')]).toEqual([1, undefined]);
  });

  it('performs a task outside any unit, with the cause of the task', async () => {
    const causes: unknown[] = [];
    perform = async ({ key }) => {
      causes.push(currentCause());
      await probe.unitOfWork.run(({ numbers }) => numbers.put(`seen ${key}`, 1)); // would wait for ever inside one
      return key;
    };
    await schedule('a');
    work();
    await pass(0);
    expect(causes).toEqual([{ correlationId: 'story of a', causationId: 'r-1' }]);
    expect(await probe.read('seen a')).toBe(1);
  });

  it('is woken by a commit, and polls for tasks that did not wake it', async () => {
    const worker = work();
    await pass(0);
    await schedule('a');
    worker.expect([{ kind: 'call', runAt: START }]);
    await pass(0);
    await schedule('b');
    await pass(0);
    expect(performed).toEqual(['a']);
    await pass(SECOND);
    expect(performed).toEqual(['a', 'b']);
  });

  it('does not begin a task before its time', async () => {
    await probe.unitOfWork.run((tx) =>
      tx.tasks.schedule({ key: 'later', kind: 'call', payload: {}, runAt: after(START, 300) }),
    );
    work();
    await pass(299);
    expect(performed).toEqual([]);
    await pass(1);
    expect(performed).toEqual(['later']);
  });

  it('ignores tasks of other kinds', async () => {
    await probe.unitOfWork.run((tx) => tx.tasks.schedule({ key: 'x', kind: 'mail', payload: {} }));
    work();
    await pass(MINUTE);
    expect(performed).toEqual([]);
  });

  it('retries a failing task with growing pauses and a visible error, without delaying others', async () => {
    const tries: number[] = [];
    perform = async ({ key }) => {
      if (key === 'good') return key;
      tries.push(clock.now().getTime() - START.getTime());
      throw new TypeError('no answer');
    };
    await schedule('bad', 'good');
    work();
    await pass(0);
    expect(await probe.read('good')).toBe(1);
    expect(await errors()).toEqual([['bad', 1, 'TypeError: no answer']]);
    for (let ms = 0; ms < 3_000; ms += 100) await pass(100);
    expect(tries).toEqual([0, 200, 600, 1_400, 3_000]);
    perform = async ({ key }) => key;
    await pass(MINUTE);
    expect([await probe.read('bad'), await errors()]).toEqual([1, []]);
  });

  it('waits as long as the callee says, but no longer than a day', async () => {
    const tries: number[] = [];
    perform = () => {
      tries.push(clock.now().getTime() - START.getTime());
      return Promise.reject(new RetryLater('429', tries.length === 1 ? 90 * SECOND : Infinity));
    };
    await schedule('a');
    work();
    await pass(0);
    for (let seconds = 0; seconds < 91; seconds += 1) await pass(SECOND);
    expect(tries).toEqual([0, 90 * SECOND]);
    await pass(DAY - MINUTE);
    expect(tries).toHaveLength(2);
    await pass(MINUTE);
    expect(tries).toHaveLength(3);
  });

  it('settles separately if the batch fails, so that one task does not block others', async () => {
    const settleAll = settle;
    settle = async (tx, done) => {
      if (done.some(({ task }) => task.key === 'b')) throw new Error('cannot be settled');
      await settleAll(tx, done);
    };
    await schedule('a', 'b', 'c');
    work();
    await pass(0);
    expect([await probe.read('a'), await probe.read('b'), await probe.read('c')]).toEqual([1, undefined, 1]);
    expect(await errors()).toEqual([['b', 1, 'Error: cannot be settled']]);
    settle = settleAll;
    await pass(SECOND);
    expect(await probe.read('b')).toBe(1);
  });

  it('retries separately a task that cannot be settled', async () => {
    const settleAll = settle;
    settle = () => Promise.reject(new Error('cannot be settled'));
    await schedule('a');
    work();
    await pass(0);
    expect(await errors()).toEqual([['a', 1, 'Error: cannot be settled']]);
    settle = settleAll;
    await pass(SECOND);
    expect(await probe.read('a')).toBe(1);
  });

  it('settles each task as it ends: a hanging one delays neither the others nor later ones', async () => {
    const hanging = Promise.withResolvers<string>();
    const performAll = perform;
    perform = (task) => (task.key === 'hanging' ? hanging.promise : performAll(task));
    await schedule('a', 'hanging', 'b');
    const worker = work();
    await pass(0);
    expect([await probe.read('a'), await probe.read('b')]).toEqual([1, 1]);
    await schedule('c');
    worker.expect([{ kind: 'call', runAt: START }]);
    await pass(0);
    expect([await probe.read('c'), await probe.read('hanging')]).toEqual([1, undefined]);
    hanging.resolve('at last');
    await pass(0);
    expect(await probe.read('hanging')).toBe(1);
    expect(settled).toEqual([['answer to a', 'answer to b'], ['answer to c'], ['at last']]);
  });

  it('settles together the tasks that end while it settles', async () => {
    const settleAll = settle;
    const first = Promise.withResolvers<undefined>();
    settle = async (tx, done) => {
      if (settled.length === 0) await first.promise;
      await settleAll(tx, done);
    };
    const answers = new Map(['a', 'b', 'c'].map((key) => [key, Promise.withResolvers<string>()]));
    perform = ({ key }) => answers.get(key)?.promise ?? Promise.reject(new Error(key));
    await schedule('a', 'b', 'c');
    work();
    await pass(0);
    for (const key of ['a', 'b', 'c']) {
      answers.get(key)?.resolve(key);
      await pass(0);
    }
    first.resolve(undefined);
    await pass(0);
    expect(settled).toEqual([['a'], ['b', 'c']]);
  });

  it('performs a limited number at once, and claims another as soon as one ends', async () => {
    const answers = new Map<string, () => void>();
    perform = ({ key }) => new Promise((resolve) => answers.set(key, () => resolve(key)));
    const keys = ['a', 'b', 'c', 'd', 'e'];
    await schedule(...keys);
    work(2);
    await pass(0);
    expect([...answers.keys()]).toEqual(['a', 'b']);
    expect((await tasks.claim('call', clock.now(), after(clock.now(), 0), 10)).map(({ key }) => key)).toEqual(
      ['c', 'd', 'e'],
    );
    answers.get('b')?.();
    await pass(0);
    expect([...answers.keys()]).toEqual(['a', 'b', 'c']);
    for (const key of ['c', 'd', 'e', 'a']) {
      answers.get(key)?.();
      await pass(0);
    }
    expect(await Promise.all(keys.map((key) => probe.read(key)))).toEqual([1, 1, 1, 1, 1]);
  });

  it('gives up a hanging task before its lease ends, and retries it', async () => {
    const tries: number[] = [];
    perform = () => {
      tries.push(clock.now().getTime() - START.getTime());
      return new Promise(() => undefined);
    };
    await schedule('a');
    work();
    await pass(0);
    await pass(PERFORM_MS - 1);
    expect(await errors()).toEqual([['a', 1, undefined]]);
    await pass(1);
    expect(await errors()).toEqual([['a', 1, expect.stringContaining('PerformedTooLong')]]);
    await pass(200);
    expect(tries).toEqual([0, PERFORM_MS + 200]);
  });

  it('takes over from a dead worker once its lease has ended', async () => {
    const answer = Promise.withResolvers<string>();
    perform = ({ key }) => {
      performed.push(key);
      return performed.length === 1 ? answer.promise : Promise.resolve(key);
    };
    await schedule('a');
    work();
    await pass(0);
    work();
    await pass(29 * SECOND);
    expect(performed).toEqual(['a']);
    await pass(2 * SECOND);
    expect(performed).toEqual(['a', 'a']);
    expect(await probe.read('a')).toBe(1);
    answer.resolve('too late');
  });

  it('continues after an outage of its store', async () => {
    const claim = tasks.claim.bind(tasks);
    let failures = 2;
    tasks = {
      ...tasks,
      claim: (...given) => {
        failures -= 1;
        return failures < 0 ? claim(...given) : Promise.reject(new Error('the store went away'));
      },
    };
    await schedule('a');
    work();
    await pass(SECOND);
    expect(performed).toEqual(['a']);
  });

  it('finishes its current tasks when it stops, and begins no other', async () => {
    const answer = Promise.withResolvers<string>();
    perform = () => answer.promise;
    await schedule('a');
    const worker = work();
    await pass(0);
    const stopped = worker.stop();
    await schedule('b');
    answer.resolve('a');
    await stopped;
    expect([await probe.read('a'), await probe.read('b')]).toEqual([1, undefined]);
  });
});
