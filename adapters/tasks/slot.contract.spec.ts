import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentAct, runInAct } from '#adapters/context/act.ts';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { after, SECOND } from '#kernel/clock.ts';
import type { Task } from '#kernel/tasks.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { openProbe } from '#test/contracts/probe.ts';
import { until } from '#test/kit/conditions.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { goneEnvelope } from '#test/kit/events.ts';
import { START, STORES } from '#test/kit/toolbox.ts';
import { LEASE_MS } from './slot.ts';
import { TaskWorker } from './task-worker.ts';

const CAUSE = { correlationId: 'c-1', causationId: 'r-1' };
const CALL = { kind: 'call', payload: { to: 'a' }, cause: CAUSE };
const task = (key: string): Task => ({ ...CALL, key, runAt: START, attempts: 0 });

describe('a slot at a worker', () => {
  const probe = forEachTest(() => openProbe('memory'));
  let performed: string[];
  let acts: ReturnType<typeof currentAct>[];
  let worker: TaskWorker<BaseTx, undefined>;

  beforeEach(() => {
    performed = [];
    acts = [];
    const { logger, clock, stores } = probe.toolbox;
    worker = new TaskWorker({
      handler: {
        kind: 'call',
        perform: ({ key }) => {
          performed.push(key);
          acts.push(currentAct());
          return Promise.resolve(undefined);
        },
        settle: () => {
          acts.push(currentAct());
          return Promise.resolve();
        },
      },
      store: stores.tasks,
      unitOfWork: probe.unitOfWork,
      clock,
      logger,
      atOnce: 1,
    });
  });
  afterEach(() => worker.stop());

  it('is taken by its task, and free again when the task is done', async () => {
    worker.start();
    const slot = worker.reserve();
    expect(worker.reserve()).toBeUndefined();
    slot?.begin(task('a'));
    await until(() => performed.length === 1);
    await until(() => worker.reserve() !== undefined);
  });

  it('does its task outside the act of staff that has scheduled it', async () => {
    worker.start();
    const act = { operation: 'refundOrder', category: 'money', actorId: 'kim', reason: undefined };
    runInAct(act, () => worker.reserve()?.begin(task('a')));
    await until(() => acts.length === 2);
    expect(acts).toEqual([undefined, undefined]);
  });

  it('is free again if no task was scheduled for it', () => {
    worker.start();
    worker.reserve()?.release();
    expect(worker.reserve()).toBeDefined();
  });

  it('that is given away during a claim does not make the next claim one of fewer than no tasks', async () => {
    const { logger, clock, stores } = probe.toolbox;
    const [claimed, done] = [Promise.withResolvers<Task[]>(), Promise.withResolvers<undefined>()];
    const limits: number[] = [];
    const busy = new TaskWorker({
      handler: {
        kind: 'call',
        perform: ({ key }) => {
          performed.push(key);
          return done.promise;
        },
        settle: () => Promise.resolve(),
      },
      store: {
        ...stores.tasks,
        claim: (kind, now, leaseUntil, limit) => {
          limits.push(limit);
          return limits.length === 1 ? claimed.promise : stores.tasks.claim(kind, now, leaseUntil, limit);
        },
      },
      unitOfWork: probe.unitOfWork,
      clock,
      logger,
      atOnce: 1,
    });
    busy.start();
    await until(() => limits.length === 1);
    busy.reserve()?.begin(task('a'));
    claimed.resolve([task('b')]);
    await until(() => performed.length === 2);
    busy.expect([{ kind: 'call', runAt: START }]);
    expect(busy.reserve()).toBeUndefined();
    done.resolve(undefined);
    await until(() => limits.length > 1);
    await busy.stop();
    expect(Math.min(...limits)).toBe(1);
  });

  it('is not given by a worker that has not started, or has stopped', async () => {
    expect(worker.reserve()).toBeUndefined();
    worker.start();
    const slot = worker.reserve();
    await worker.stop();
    slot?.begin(task('a'));
    expect([worker.reserve(), performed]).toEqual([undefined, []]);
  });
});

describe.each(STORES.filter((store) => store !== 'memory'))(
  'a task scheduled with a slot, in %s',
  (store) => {
    const probe = forEachTest(() => openProbe(store));
    let unitOfWork: UnitOfWork<BaseTx>;
    let steps: unknown[];
    const promise = (...keys: readonly string[]): Promise<void> =>
      unitOfWork.run((tx) => tx.tasks.schedule(...keys.map((key) => ({ ...CALL, key }))));
    const claimable = async (ms: number): Promise<readonly string[]> => {
      const now = after(START, ms);
      return (await probe.toolbox.stores.tasks.claim('call', now, now, 10)).map(({ key }) => key);
    };

    beforeEach(() => {
      const { toolbox } = probe;
      if (toolbox.store.kind !== 'sql') throw new Error('not a database');
      steps = [];
      const slotFor = () =>
        steps.length === 0
          ? { begin: (one: Task) => void steps.push(one), release: () => void steps.push('released') }
          : undefined;
      unitOfWork = sqlUnitOfWork({ ...toolbox, slotFor }, toolbox.store, () => ({}));
    });

    it('begins at the commit, and belongs to its worker until the lease ends', async () => {
      await promise('a');
      expect(steps).toEqual([task('a')]);
      expect([await claimable(0), await claimable(LEASE_MS + SECOND)]).toEqual([[], ['a']]);
    });

    it('waits to be claimed if there is no slot', async () => {
      steps.push('full');
      await promise('a');
      expect([steps, await claimable(0)]).toEqual([['full'], ['a']]);
    });

    it('does not begin again if it was scheduled before', async () => {
      await promise('a');
      steps = [];
      await promise('a');
      expect(steps).toEqual(['released']);
    });

    it('does not begin when the unit fails', async () => {
      const failing = unitOfWork.run(async (tx) => {
        await tx.tasks.schedule({ ...CALL, key: 'a' });
        await tx.inbox.park('nobody', { ...goneEnvelope(), event_id: 'no id' }, 'broken');
      });
      await expect(failing).rejects.toThrow();
      expect([steps, await claimable(0)]).toEqual([['released'], []]);
    });
  },
);
