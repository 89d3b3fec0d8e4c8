import { timeOf } from '#kernel/ids.ts';
import type { Fact, FactOf } from './fact.ts';
import { bucketOf, type Period } from './period.ts';
import { SOURCES, type SourceKind } from './source.ts';

/** How far a visit came, in order. */
export const STAGES = ['visits', 'views', 'carts', 'checkouts', 'orders', 'paid'] as const;
export type Stage = (typeof STAGES)[number];

/** Visits that reached each stage, or a later one. */
export type Funnel = Readonly<Record<Stage, number>>;

export interface BucketFunnel extends Funnel {
  /** Index in the period. */
  readonly bucket: number;
}

/** Visits that came to products from there; one with several sources counts for each. */
export interface SourceVisits {
  readonly source: SourceKind;
  readonly visits: number;
  readonly paid: number;
}

/** What is known about one visit. */
export interface VisitSummary {
  readonly began: Date;
  /** Index in `STAGES`. */
  readonly stage: number;
  readonly sources: ReadonlySet<SourceKind>;
}

export const NO_VISITS: Funnel = { visits: 0, views: 0, carts: 0, checkouts: 0, orders: 0, paid: 0 };

const STEPS = {
  cart: STAGES.indexOf('carts'),
  checkout: STAGES.indexOf('checkouts'),
  order: STAGES.indexOf('orders'),
};
const PAID = STAGES.indexOf('paid');

export type VisitFact = FactOf<'views' | 'search' | 'step'> & { readonly sessionId: string };

/** Whether a fact says something about a visit, of which its ID says when it began. */
export const isOfVisit = (fact: Fact): fact is VisitFact =>
  'sessionId' in fact && fact.sessionId !== undefined && timeOf(fact.sessionId) !== undefined;

export const stageOf = (fact: VisitFact): number => {
  if (fact.kind === 'step') return STEPS[fact.step];
  return fact.kind === 'views' ? STAGES.indexOf('views') : 0;
};

/**
 * The visits of which these facts are.
 * @param isPaid whether an order was confirmed and not cancelled
 */
export const visitsIn = (
  facts: readonly Fact[],
  isPaid: (orderId: string) => boolean,
): readonly VisitSummary[] =>
  [...Map.groupBy(facts.filter(isOfVisit), ({ sessionId }) => sessionId)].map(([sessionId, found]) => ({
    began: timeOf(sessionId) ?? new Date(0),
    stage: Math.max(
      ...found.map((fact) =>
        fact.kind === 'step' && fact.orderId !== undefined && isPaid(fact.orderId) ? PAID : stageOf(fact),
      ),
    ),
    sources: new Set(found.flatMap((fact) => (fact.kind === 'views' ? (fact.source ?? []) : []))),
  }));

export const funnelOf = (visits: readonly VisitSummary[]): Funnel => {
  const counts = { ...NO_VISITS };
  for (const { stage } of visits) for (const name of STAGES.slice(0, stage + 1)) counts[name] += 1;
  return counts;
};

export const addFunnels = (one: Funnel, other: Funnel): Funnel => {
  const sum = { ...one };
  for (const stage of STAGES) sum[stage] += other[stage];
  return sum;
};

/** Buckets with visits, ascending. */
export const funnelsIn = (visits: readonly VisitSummary[], period: Period): readonly BucketFunnel[] =>
  [...Map.groupBy(visits, ({ began }) => bucketOf(period, began))]
    .flatMap(([bucket, found]) => (bucket === undefined ? [] : [{ bucket, ...funnelOf(found) }]))
    .sort((a, b) => a.bucket - b.bucket);

/** Of all sources that visits had, in the order of `SOURCES`. */
export const sourcesOf = (visits: readonly VisitSummary[]): readonly SourceVisits[] =>
  SOURCES.flatMap((source) => {
    const found = visits.filter(({ sources }) => sources.has(source));
    const paid = found.filter(({ stage }) => stage === PAID).length;
    return found.length === 0 ? [] : [{ source, visits: found.length, paid }];
  });

export const addSources = (parts: readonly (readonly SourceVisits[])[]): readonly SourceVisits[] =>
  SOURCES.flatMap((source) => {
    const found = parts.flat().filter((one) => one.source === source);
    const sum = (of: 'visits' | 'paid'): number => found.reduce((total, one) => total + one[of], 0);
    return found.length === 0 ? [] : [{ source, visits: sum('visits'), paid: sum('paid') }];
  });
