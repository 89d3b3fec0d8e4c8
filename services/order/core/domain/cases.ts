import type { Actor } from './actor.ts';

export const CASE_KINDS = ['lost', 'returned', 'overdue', 'cancel_unanswered', 'refund_failed'] as const;

/**
 * - `lost`, `returned`: what the carrier says of a parcel
 * - `overdue`: a parcel does not arrive, or nothing is heard of one that should be sent
 * - `cancel_unanswered`: nobody says whether a parcel could be stopped
 * - `refund_failed`: money that is owed did not go back
 */
export type CaseKind = (typeof CASE_KINDS)[number];

export type Resolution = 'refund' | 'reship' | 'dismiss';

/** Something about an order that waits for staff, or did. */
export interface Case {
  /** Unique within its order. */
  readonly caseId: string;
  readonly kind: CaseKind;
  readonly state: 'open' | 'resolved';
  /** The parcel that it is about. */
  readonly attempt: number;
  readonly openedAt: string;
  /** What staff decided; absent while it is open and where it has settled itself. */
  readonly resolution?: Resolution;
  /** Of the refund that failed. */
  readonly refundKey?: string;
  /** Of the refund that failed, minor units. */
  readonly amountMinor?: number;
  readonly history: readonly CaseEntry[];
}

export interface CaseEntry {
  readonly at: string;
  readonly what: string;
  readonly actor: Actor;
}

type Cases = readonly Case[];
interface HasCases {
  readonly cases: Cases;
}

export const openCases = ({ cases }: HasCases): Cases => cases.filter(({ state }) => state === 'open');

/** Whether such a case is open about a parcel. */
export const hasOpen = (order: HasCases, kind: CaseKind, attempt: number): boolean =>
  openCases(order).some((one) => one.kind === kind && one.attempt === attempt);

export const caseOf = ({ cases }: HasCases, caseId: string | undefined): Case | undefined =>
  cases.find((one) => one.caseId === caseId);

export const nextCaseId = ({ cases }: HasCases): string => `case-${cases.length + 1}`;

type Opening = Omit<Case, 'state' | 'openedAt' | 'history'>;

export const withOpened = (cases: Cases, opening: Opening, entry: CaseEntry): Cases => [
  ...cases,
  { ...opening, state: 'open', openedAt: entry.at, history: [entry] },
];

/** With those open cases closed that `isOver` names. */
export const withClosed = (
  cases: Cases,
  isOver: (one: Case) => boolean,
  entry: CaseEntry,
  resolution?: Resolution,
): Cases =>
  cases.map((one) =>
    one.state === 'open' && isOver(one)
      ? {
          ...one,
          state: 'resolved',
          ...(resolution === undefined ? {} : { resolution }),
          history: [...one.history, entry],
        }
      : one,
  );
