import { z } from 'zod';
import { FIELDS } from '../../core/domain/document.ts';
import type { Frequencies } from '../../core/query/understand.ts';
import type { Plan } from '../../core/query/plan.ts';
import { LIVE, type Query } from './queries.ts';
import type { SearchBody } from './searches.ts';
import { mentioning, textQuery } from './text-query.ts';

/** The part of a response that has the number of hits. */
export const Total = z.object({ total: z.object({ value: z.int() }) });

/** Counts what a query finds: often without a look at the documents, unlike an aggregation. */
const counting = (query: Query): SearchBody => ({ query, size: 0, track_total_hits: true });

const Counted = z.object({ hits: Total });
const countOf = (response: unknown): number => Counted.parse(response).hits.total.value;

/** Asks for the frequency of each term, and for the number of products. */
export const toFrequencyBodies = (terms: readonly string[]): SearchBody[] =>
  [LIVE, ...terms.map((term) => mentioning(term, FIELDS))].map(counting);

export const toFrequencies = (responses: readonly unknown[], terms: readonly string[]): Frequencies => {
  const [documents = 0, ...counts] = responses.map(countOf);
  return { of: new Map(terms.map((term, index) => [term, counts[index] ?? 0])), documents };
};

/** Asks whether each plan finds any product. */
export const toExistenceBodies = (plans: readonly Plan[]): SearchBody[] =>
  plans.map((plan) => ({ ...counting(textQuery(plan)), terminate_after: 1 }));

export const toExistence = (responses: readonly unknown[]): boolean[] =>
  responses.map((response) => countOf(response) > 0);
