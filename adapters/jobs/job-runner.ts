import { after, MINUTE, SECOND, type Clock } from '#kernel/clock.ts';
import type { DocumentQueries, Documents } from '#kernel/documents.ts';
import { JOB_SLOTS, jobNames, slotName, type JobStep, type RunnableJob } from '#kernel/jobs.ts';
import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { WakeableLoop } from '../messaging/wakeable-loop.ts';
import type { Logger } from '../observability/logger.ts';
import { isAway } from '../resilience/policy.ts';
import type { Attachment } from '../service/module.ts';

/** Jobs of one kind, and how they are done. */
export interface JobKind<Tx, J extends RunnableJob> {
  /** For the log: `import`. */
  readonly name: string;
  readonly queries: DocumentQueries<J>;
  readonly documents: (tx: Tx) => Documents<J>;
  /**
   * Does the job from where it is, and yields after each step what has changed. A step may be done again if the process dies
   * before it is stored. The last one takes the slot away. If another service is away, it throws, and is called again later.
   */
  readonly steps: (job: J) => AsyncIterable<JobStep<J>>;
  /** The job when it has failed `MOST_FAILURES` times in succession. */
  readonly fail: (job: J) => J;
}

export interface JobRunnerOptions<Tx> {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Identifies this process. */
  readonly owner: string;
}

const LEASE_MS = 30 * SECOND;
/** A step is stored with the next ones, unless this much time has passed since. */
const STORE_EVERY_MS = 500;
/** How soon an instance looks for jobs that others have begun or left. */
const LOOK_EVERY_MS = MINUTE / 4;
const MOST_FAILURES = 5;

/**
 * Does jobs of a kind, one per slot at a time, in one process at a time: a lease in the job says in which. If that process
 * dies, another one continues where the last stored step ended.
 */
export class JobRunner<Tx, J extends RunnableJob> implements Attachment {
  readonly #kind: JobKind<Tx, J>;
  readonly #options: JobRunnerOptions<Tx>;
  readonly #loops: readonly WakeableLoop[];
  readonly #failures = new Map<string, number>();
  #isStopping = false;

  constructor(kind: JobKind<Tx, J>, options: JobRunnerOptions<Tx>) {
    this.#kind = kind;
    this.#options = options;
    this.#loops = Array.from(
      { length: JOB_SLOTS },
      (_, slot) =>
        new WakeableLoop({
          turn: async () => ((await this.runSlot(slot)) ? 0 : LOOK_EVERY_MS),
          onError: (error) => {
            options.logger.warn({ err: error, job: kind.name }, 'a job failed');
          },
        }),
    );
  }

  start(): Promise<void> {
    for (const loop of this.#loops) loop.start();
    return Promise.resolve();
  }

  /** There may be a new job. */
  wake(): void {
    for (const loop of this.#loops) loop.wake();
  }

  /** Ends after the current steps; other processes may continue at once. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#loops.map((loop) => loop.stop()));
  }

  /** Does the job in a slot; false if there is none, or another process does it. */
  async runSlot(slot: number): Promise<boolean> {
    const found = await this.#kind.queries.byName(slotName(slot));
    const job = found && (await this.#claim(found.id));
    if (!job) return false;
    try {
      await this.#do(job);
      this.#failures.delete(job.id);
      return !this.#isStopping;
    } catch (error) {
      if (isAway(error)) throw error; // the job waits for another service
      const failures = (this.#failures.get(job.id) ?? 0) + 1;
      this.#failures.set(job.id, failures);
      if (failures >= MOST_FAILURES) await this.#store(job.id, this.#kind.fail);
      throw error;
    }
  }

  async #do(job: J): Promise<void> {
    const { clock } = this.#options;
    let steps: JobStep<J>[] = [];
    let storedAt = clock.now();
    const store = (): Promise<J | undefined> => {
      const done = steps;
      steps = [];
      storedAt = clock.now();
      return this.#store(job.id, (current) => done.reduce((so, step) => step(so), current));
    };
    for await (const step of this.#kind.steps(job)) {
      steps.push(step);
      if (this.#isStopping) break;
      const isDue = step.isUrgent === true || clock.now() >= after(storedAt, STORE_EVERY_MS);
      // A job that was cancelled, or that another process has taken over, is no longer ours.
      if (isDue && !(await store())) return;
    }
    await store();
    if (this.#isStopping) await this.#store(job.id, ({ lease: _, ...rest }) => rest as J);
  }

  /** The job with a lease of this process; undefined if another one has it. */
  async #claim(id: string): Promise<J | undefined> {
    const { unitOfWork, clock, owner } = this.#options;
    try {
      return await unitOfWork.run(async (tx) => {
        const documents = this.#kind.documents(tx);
        const job = await documents.find(id);
        if (job?.slot === undefined) return undefined;
        const isTaken = job.lease && job.lease.owner !== owner && new Date(job.lease.until) > clock.now();
        if (isTaken) return undefined;
        const claimed = this.#leased(job);
        await documents.save(claimed, jobNames(claimed));
        return claimed;
      });
    } catch (error) {
      if (error instanceof VersionConflict) return undefined;
      throw error;
    }
  }

  /** Changes the job while this process has its lease; undefined if it no longer has. */
  #store(id: string, change: JobStep<J>): Promise<J | undefined> {
    const { unitOfWork, owner } = this.#options;
    return unitOfWork.run(async (tx) => {
      const documents = this.#kind.documents(tx);
      const job = await documents.find(id);
      if (job?.slot === undefined || job.lease?.owner !== owner) return undefined;
      const changed = change(job);
      const next =
        changed.lease && changed.slot !== undefined
          ? this.#leased(changed, job.version)
          : { ...changed, version: job.version + 1 };
      await documents.save(next, jobNames(next));
      return next;
    });
  }

  #leased(job: J, version = job.version): J {
    const { clock, owner } = this.#options;
    const until = after(clock.now(), LEASE_MS).toISOString();
    return { ...job, version: version + 1, lease: { owner, until } };
  }
}
