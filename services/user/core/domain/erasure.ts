import type { ErasedRecords, KeptRecords } from '#kernel/personal-data.ts';
import { refuse, type Refusal } from '#kernel/result.ts';
import { CUSTOMER, type User } from './user.ts';

/** The erasure of everything about a person, service by service. */
export interface PersonErasure {
  readonly erasureId: string;
  /** Counts changes from 1. */
  readonly version: number;
  readonly userId: string;
  readonly requestedAt: Date;
  /** The user or an admin. */
  readonly requestedBy: string;
  /** What the admin gives as the reason. */
  readonly reason?: string | undefined;
  /** The services that have not confirmed it yet. */
  readonly open: readonly string[];
  /** What each service has erased and kept so far. */
  readonly reports: readonly HolderReport[];
  /** When the last service had confirmed it, and the account was deleted; when it was repeated since, the last time. */
  readonly completedAt?: Date | undefined;
}

export interface HolderReport {
  readonly service: string;
  readonly erased: readonly ErasedRecords[];
  /** All that stays, and why. */
  readonly kept: readonly KeptRecords[];
  readonly isDone: boolean;
}

export type NotErasable = Refusal<'STAFF_ACCOUNT'>;

/** Staff are made customers first, so that no shop loses its last admin. */
export const refuseStaff = ({ roles }: Pick<User, 'roles'>) =>
  roles.every((role) => role === CUSTOMER)
    ? undefined
    : refuse('STAFF_ACCOUNT', 'Another admin has to take the roles of staff from the account first.');

/** @param holders the services that hold personal data */
export const beginErasure = (
  request: Pick<PersonErasure, 'erasureId' | 'userId' | 'requestedBy' | 'reason'>,
  holders: readonly string[],
  now: Date,
): PersonErasure => ({ ...request, version: 1, requestedAt: now, open: holders, reports: [] });

/** The erasure with all services asked once more; the same one while it is open. */
export const repeatErasure = (erasure: PersonErasure, holders: readonly string[]): PersonErasure =>
  erasure.open.length > 0 ? erasure : { ...erasure, version: erasure.version + 1, open: holders };

const added = (
  before: readonly ErasedRecords[],
  more: readonly ErasedRecords[],
): readonly ErasedRecords[] => {
  const counts = new Map(before.map(({ kind, count }) => [kind, count]));
  for (const { kind, count } of more) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return [...counts].map(([kind, count]) => ({ kind, count }));
};

/**
 * With what a service reports; the same erasure if that service has confirmed it before. The last confirmation completes it.
 */
export const recordReport = (erasure: PersonErasure, report: HolderReport, now: Date): PersonErasure => {
  if (!erasure.open.includes(report.service)) return erasure;
  const before = erasure.reports.find(({ service }) => service === report.service);
  const merged = { ...report, erased: added(before?.erased ?? [], report.erased) };
  const open = report.isDone ? erasure.open.filter((service) => service !== report.service) : erasure.open;
  return {
    ...erasure,
    version: erasure.version + 1,
    open,
    reports: [...erasure.reports.filter((one) => one !== before), merged],
    ...(open.length === 0 && { completedAt: now }),
  };
};
