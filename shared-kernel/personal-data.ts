import { DAY } from './clock.ts';

/** Whose data a request is about. */
export interface Person {
  readonly userId: string;
  /** Only if it is proved to be theirs. */
  readonly email?: string | undefined;
}

/** A record about a person, as the person may see it. */
export interface PersonalRecord {
  /** In `snake_case`: `order`. */
  readonly kind: string;
  /** Plain values, lists and objects; times are `Date`s or ISO 8601. */
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Why records stay: `bookkeeping` (commercial and tax law), `open_order` (needed to deliver and pay), `claims` (until claims about
 * a delivery expire), `anonymous` (they no longer name the person).
 */
export type KeepReason = 'bookkeeping' | 'open_order' | 'claims' | 'anonymous';

export interface ErasedRecords {
  readonly kind: string;
  readonly count: number;
}

export interface KeptRecords extends ErasedRecords {
  readonly reason: KeepReason;
  /** ISO 8601. */
  readonly until?: string;
}

export interface Erasure {
  /** Whether nothing is left to erase; otherwise it is to be called again. */
  readonly isDone: boolean;
  /** By this call. */
  readonly erased: readonly ErasedRecords[];
  /** Only when it is done: all that stays. */
  readonly kept: readonly KeptRecords[];
}

export interface PersonalPage {
  readonly items: readonly PersonalRecord[];
  /** Cursor of the page that follows; absent on the last. */
  readonly next?: string | undefined;
}

/** What a service knows about people. Both may be called again at any time, and by several callers. */
export interface PersonalData {
  read(person: Person, cursor: string | undefined): Promise<PersonalPage>;
  /** Erases a bounded number of records, each in a unit of its own. */
  erase(person: Person): Promise<Erasure>;
}

/** Counts without the kinds that have no record. */
export const countsOf = <T extends ErasedRecords>(...records: readonly T[]): readonly T[] =>
  records.filter(({ count }) => count > 0);

/**
 * How long customers, carriers and banks may claim something about a delivery or a payment: card networks allow 120 days, some
 * 180. After it, records that are not needed for bookkeeping lose names and addresses.
 */
export const CLAIMS_MS = 180 * DAY;

/** How long commercial and tax law demands invoices to be kept: ten years in most countries of the European Union. */
export const BOOKKEEPING_MS = 3_653 * DAY;
