import { after, DAY, type Clock } from '#kernel/clock.ts';
import type { DocumentQueries } from '#kernel/documents.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { JOB_SLOTS, jobNames } from '#kernel/jobs.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  beginCheck,
  beginRun,
  cancelled,
  isActive,
  newImport,
  withPart,
  type ImportJob,
  type ImportSettings,
  type Starter,
} from '../domain/import-job.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import type { ImportFiles } from '../ports/import-files.ts';
import { currentOf } from './current.ts';
import { freeSlot } from './free-slot.ts';

type NotCurrent = Refusal<'IMPORT_NOT_FOUND' | 'PRECONDITION_FAILED'>;
type Busy = Refusal<'IMPORTS_BUSY'>;

export const NO_IMPORT = refuse('IMPORT_NOT_FOUND', 'There is no such import.');

const BUSY = refuse('IMPORTS_BUSY', `${JOB_SLOTS} imports are checked or run already; wait for one to end.`);

/** Uploading, checking, starting and ending imports. A job runner does the work. */
export const makeImports = (
  unitOfWork: UnitOfWork<CatalogTx>,
  files: ImportFiles,
  ids: Ids,
  clock: Clock,
  wakeRunner: () => void,
) => {
  const current = async (
    { imports }: CatalogTx,
    id: string,
    basedOn: number | undefined,
  ): Promise<Result<ImportJob, NotCurrent>> =>
    currentOf(await imports.find(id), ({ version }) => version, {
      what: 'import',
      missing: NO_IMPORT,
      basedOn,
    });

  const change = <Code extends string>(
    id: string,
    basedOn: number | undefined,
    decide: (
      job: ImportJob,
      tx: CatalogTx,
    ) => Result<ImportJob, Refusal<Code>> | Promise<Result<ImportJob, Refusal<Code>>>,
  ): Promise<Result<ImportJob, NotCurrent | Refusal<Code>>> =>
    unitOfWork.run(async (tx) => {
      const job = await current(tx, id, basedOn);
      if (!job.ok) return job;
      const decided = await decide(job.value, tx);
      if (decided.ok) await tx.imports.save(decided.value, jobNames(decided.value));
      return decided;
    });

  const slotIn = async ({ imports }: CatalogTx): Promise<Result<number, Busy>> => {
    const slot = await freeSlot(imports);
    return slot === undefined ? BUSY : ok(slot);
  };

  const woken = <R extends Result<unknown, unknown>>(result: R): R => {
    if (result.ok) wakeRunner();
    return result;
  };

  return {
    create: (
      settings: ImportSettings,
      key?: IdempotencyKey,
    ): Promise<Result<ImportJob, IdempotencyRefusal>> =>
      once(
        unitOfWork,
        key,
        (kept) => kept as ImportJob, // only this use case stores outcomes under its keys
        async ({ imports }) => {
          const job = newImport(ids.next(), settings, clock.now());
          await imports.save(job);
          return ok(job);
        },
      ),

    putPart: async (id: string, part: number, bytes: Uint8Array, basedOn?: number) => {
      const decide = (job: ImportJob) => withPart(job, part, bytes.length);
      const allowed = await unitOfWork.run(async (tx) => {
        const job = await current(tx, id, basedOn);
        return job.ok ? decide(job.value) : job;
      });
      if (!allowed.ok) return allowed;
      await files.putPart(id, part, bytes);
      return change(id, basedOn, decide);
    },

    check: async (id: string, mapping: ImportJob['mapping'] | undefined, basedOn?: number) =>
      woken(
        await change(id, basedOn, async (job, tx) => {
          const slot = await slotIn(tx);
          return slot.ok ? beginCheck(job, mapping, slot.value) : slot;
        }),
      ),

    start: async (id: string, by: Starter, basedOn?: number) =>
      woken(
        await change(id, basedOn, async (job, tx) => {
          const slot = await slotIn(tx);
          return slot.ok ? beginRun(job, by, slot.value, clock.now()) : slot;
        }),
      ),

    cancel: async (id: string, basedOn?: number) =>
      woken(await change(id, basedOn, (job) => cancelled(job, clock.now()))),

    remove: async (
      id: string,
      basedOn?: number,
    ): Promise<Result<undefined, NotCurrent | Refusal<'IMPORT_STATE'>>> => {
      const removable = async (tx: CatalogTx) => {
        const job = await current(tx, id, basedOn);
        return job.ok && isActive(job.value) ? activeRefusal(job.value) : job;
      };
      const allowed = await unitOfWork.run(removable);
      if (!allowed.ok) return allowed;
      await files.remove(id); // first, so that a crash leaves no files without an import
      return unitOfWork.run(async (tx) => {
        const job = await removable(tx);
        if (!job.ok) return job;
        await tx.imports.remove(job.value);
        return ok(undefined);
      });
    },
  };
};

const activeRefusal = ({ state }: ImportJob) =>
  refuse(
    'IMPORT_STATE',
    state === 'cancelled' ? 'Its last stock adjustments are still being made.' : 'Cancel the import first.',
  );

const KEPT_DAYS = 30;
const AT_ONCE = 100;

/** Removes imports that were created a while ago, with their files. */
export const makePurgeImports =
  (queries: DocumentQueries<ImportJob>, { remove }: Pick<ReturnType<typeof makeImports>, 'remove'>) =>
  async (now: Date): Promise<void> => {
    const expired = ({ createdAt }: ImportJob): boolean => after(new Date(createdAt), KEPT_DAYS * DAY) <= now;
    let last: string | undefined;
    for (;;) {
      const jobs = await queries.page({ limit: AT_ONCE, after: last });
      for (const { id } of jobs.filter(expired)) await remove(id);
      last = jobs.at(-1)?.id;
      if (jobs.length < AT_ONCE || !jobs.every(expired)) return;
    }
  };
