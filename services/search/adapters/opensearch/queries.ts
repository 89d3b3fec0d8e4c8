import type { Types } from '@opensearch-project/opensearch';

export type Query = Types.Common_QueryDsl.QueryContainer;
/** The driver's own type knows no aggregation of a field. */
export type Aggregation = Readonly<Record<string, unknown>>;

/** A document in which the field has one of the values. */
export const oneOf = (field: string, values: readonly string[]): Query => ({
  terms: { [field]: [...values] },
});
export const allOf = (filter: readonly Query[]): Query => ({ bool: { filter: [...filter] } });
export const anyOf = (should: readonly Query[]): Query => ({
  bool: { should: [...should], minimum_should_match: 1 },
});
/** Scores the same for every document that matches, however rare it is. */
export const scoring = (filter: Query, boost: number): Query => ({ constant_score: { filter, boost } });

/** Products that are not removed. */
export const LIVE: Query = { term: { live: true } };
