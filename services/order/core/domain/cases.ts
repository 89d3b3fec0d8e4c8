import type { Actor } from './actor.ts';

export const CASE_KINDS = ['lost', 'returned', 'overdue', 'cancel_unanswered', 'refund_failed'] as const;

/**
 * - `lost`, `returned`: as reported by the carrier
 * - `overdue`: a parcel does not arrive, or shipping does not report one that should be dispatched
 * - `cancel_unanswered`: shipping does not report whether a parcel could be stopped
 * - `refund_failed`: a refund that is due was refused
 */
export type CaseKind = (typeof CASE_KINDS)[number];

export const RESOLUTIONS = ['refund', 'reship', 'dismiss'] as const;

export type Resolution = (typeof RESOLUTIONS)[number];

/** A matter that staff must decide or have decided. */
export interface Case {
  /** Unique within the order. */
  readonly caseId: string;
  readonly kind: CaseKind;
  readonly state: 'open' | 'resolved';
  /** The parcel concerned. */
  readonly attempt: number;
  readonly openedAt: string;
  /** The decision of staff; absent while the case is open or if it settled itself. */
  readonly resolution?: Resolution;
  /** Key of the failed refund. */
  readonly refundKey?: string;
  /** Amount of the failed refund, minor units. */
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

/** Whether such a case is open for a parcel. */
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

/** Closes the open cases that `isOver` selects. */
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
