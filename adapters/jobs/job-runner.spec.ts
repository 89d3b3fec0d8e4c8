import { beforeEach, describe, expect, it } from 'vitest';
import { memoryDocumentQueries, memoryDocuments } from '#adapters/memory/documents.ts';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { MINUTE, SECOND, type ManualClock } from '#kernel/clock.ts';
import type { DocumentQueries, Documents } from '#kernel/documents.ts';
import { jobNames, urgent, type JobStep, type RunnableJob } from '#kernel/jobs.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { logger } from '#test/kit/log.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { Outage } from '../resilience/policy.ts';
import { JobRunner, type JobKind } from './job-runner.ts';

interface Count extends RunnableJob {
  readonly done: number;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
}

const SLOT = 0;
const LAST = 3;

const another: JobStep<Count> = (job) => ({ ...job, done: job.done + 1 });
const finish: JobStep<Count> = ({ slot: _, lease: __, ...job }) => ({ ...job, state: 'done' });

describe('the runner of jobs', () => {
  let clock: ManualClock;
  let unitOfWork: UnitOfWork<{ readonly counts: Documents<Count> }>;
  let queries: DocumentQueries<Count>;
  let id: string;
  /** Called before each step, with how many are done. */
  let onStep: (done: number) => unknown;

  beforeEach(async () => {
    const toolbox = await openToolbox('memory', { name: 'counts', migrations: [], collections: [] });
    const { store } = toolbox;
    if (store.kind !== 'memory') throw new Error('not in memory');
    ({ clock } = toolbox);
    unitOfWork = memoryUnitOfWork(toolbox, store.database, (tx) => ({
      counts: memoryDocuments<Count>(tx, 'counts'),
    }));
    queries = memoryDocumentQueries<Count>(store.database, 'counts');
    id = systemIds.next();
    onStep = () => undefined;
    await save({ id, version: 1, slot: SLOT, done: 0, state: 'running' });
  });

  const save = (job: Count): Promise<void> => unitOfWork.run(({ counts }) => counts.save(job, jobNames(job)));
  const stored = async (): Promise<Count> => {
    const job = await queries.find(id);
    if (!job) throw new Error('the job is gone');
    return job;
  };

  async function* steps({ done }: Count): AsyncGenerator<JobStep<Count>> {
    for (let next = done; next < LAST; next += 1) {
      await onStep(next);
      yield another;
    }
    await onStep(LAST);
    yield finish;
  }

  const runner = (owner: string, kind: Partial<JobKind<{ counts: Documents<Count> }, Count>> = {}) =>
    new JobRunner<{ counts: Documents<Count> }, Count>(
      {
        name: 'count',
        queries,
        documents: ({ counts }) => counts,
        steps,
        fail: ({ slot: _, lease: __, ...job }) => ({ ...job, state: 'failed' }),
        ...kind,
      },
      { unitOfWork, clock, logger, owner },
    );

  it('does a job to its end, which frees the slot', async () => {
    expect(await runner('a').runSlot(SLOT)).toBe(true);
    expect(await stored()).toMatchObject({ done: LAST, state: 'done' });
    expect(await runner('a').runSlot(SLOT)).toBe(false);
  });

  it('stores steps together, or at once where that is asked for or half a second has passed', async () => {
    const seen: number[] = [];
    onStep = async (done) => {
      seen.push((await stored()).done);
      if (done === 2) clock.advance(SECOND);
    };
    await runner('a').runSlot(SLOT);
    expect(seen).toEqual([0, 0, 0, 3]);

    id = systemIds.next();
    await save({ id, version: 1, slot: SLOT, done: 0, state: 'running' });
    const urgently = async function* (job: Count) {
      for await (const step of steps(job)) yield urgent(step);
    };
    seen.length = 0;
    await runner('a', { steps: urgently }).runSlot(SLOT);
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it('continues the job of a process that died where it was last stored, and not before its lease ends', async () => {
    onStep = (done) => {
      clock.advance(SECOND);
      if (done === 2) throw new Error('killed');
    };
    await expect(runner('a').runSlot(SLOT)).rejects.toThrow('killed');
    expect(await stored()).toMatchObject({ done: 2, lease: { owner: 'a' } });

    onStep = () => undefined;
    expect(await runner('b').runSlot(SLOT)).toBe(false);
    clock.advance(MINUTE);
    expect(await runner('b').runSlot(SLOT)).toBe(true);
    expect(await stored()).toMatchObject({ done: LAST, state: 'done' });
  });

  it('lets a process that has lost its lease store nothing more', async () => {
    const rest = runner('b');
    onStep = async (done) => {
      if (done !== 1) return;
      clock.advance(MINUTE);
      onStep = () => undefined;
      await rest.runSlot(SLOT);
    };
    await runner('a').runSlot(SLOT);
    expect(await stored()).toMatchObject({ done: LAST, state: 'done' });
  });

  it('gives its lease back when it stops, so that another process continues at once', async () => {
    const stopped = runner('a');
    onStep = async (done) => {
      if (done === 1) await stopped.stop();
    };
    expect(await stopped.runSlot(SLOT)).toBe(false);
    expect(await stored()).toMatchObject({ done: 2, state: 'running' });
    expect(await runner('b').runSlot(SLOT)).toBe(true);
    expect(await stored()).toMatchObject({ done: LAST, state: 'done' });
  });

  it('leaves a job that was cancelled meanwhile as it is', async () => {
    onStep = async (done) => {
      clock.advance(SECOND);
      const { slot: _, lease: __, ...job } = await stored();
      if (done === 1) await save({ ...job, version: job.version + 1, state: 'cancelled' });
    };
    await runner('a').runSlot(SLOT);
    expect(await stored()).toMatchObject({ done: 1, state: 'cancelled' });
  });

  it('fails a job that has failed five times in succession', async () => {
    onStep = () => {
      throw new Error('broken');
    };
    const failing = runner('a');
    for (let times = 1; times <= 5; times += 1) {
      expect(await stored()).toMatchObject({ state: 'running' });
      await expect(failing.runSlot(SLOT)).rejects.toThrow('broken');
    }
    expect(await stored()).toMatchObject({ state: 'failed' });
  });

  it('waits for a service that is away, however long', async () => {
    onStep = () => {
      throw new Outage('away');
    };
    const waiting = runner('a');
    for (let times = 1; times <= 10; times += 1) await expect(waiting.runSlot(SLOT)).rejects.toThrow('away');
    onStep = () => undefined;
    expect(await waiting.runSlot(SLOT)).toBe(true);
    expect(await stored()).toMatchObject({ state: 'done' });
  });
});
