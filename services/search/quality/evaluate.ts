import { distanceWithin } from '../core/analysis/typing-errors.ts';
import { KINDS, type Judgement } from './judgements.ts';
import { interval, mean, ndcg, recall, seededRandom } from './metrics.ts';
import type { Engine } from './sample-shop.ts';

/** How well an engine does with some queries; the figures are from 0 to 1. */
export interface Figures {
  readonly queries: number;
  /** nDCG of the first ten. */
  readonly ndcg: number;
  /** The 95 % confidence interval of `ndcg`. */
  readonly interval: readonly [low: number, high: number];
  /** Of products graded 2 or 3, in the first ten. */
  readonly recall: number;
  /** The share of queries that find nothing. */
  readonly zeroResults: number;
  /** Of queries with one typing error: their recall as a share of that of the queries they meant; undefined without any. */
  readonly typoRecall?: number | undefined;
}

/** Figures by kind of query, and of `all`. */
export type Scores = ReadonlyMap<string, Figures>;

/** One query's results, measured. */
export interface Outcome {
  readonly judgement: Judgement;
  readonly ranked: readonly string[];
  readonly ndcg: number;
  readonly recall: number | undefined;
}

const SEED = 1;

const hasOneError = ({ query, meant }: Judgement): boolean =>
  meant !== undefined && distanceWithin(query, meant, 1) === 1;

/** Asks each query once. */
export const outcomesOf = async (engine: Engine, judgements: readonly Judgement[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const judgement of judgements) {
    const ranked = await engine(judgement.query);
    const { grades } = judgement;
    outcomes.push({ judgement, ranked, ndcg: ndcg(ranked, grades), recall: recall(ranked, grades) });
  }
  return outcomes;
};

/** The figures of outcomes. Those of misspelt queries are compared with those of the queries they meant, in the same list. */
export const figuresOf = (outcomes: readonly Outcome[], among = outcomes): Figures => {
  const recallOf = new Map(among.map(({ judgement, recall }) => [judgement.query, recall]));
  const values = outcomes.map(({ ndcg }) => ndcg);
  const misspelt = outcomes.filter(({ judgement }) => hasOneError(judgement));
  const meant = mean(misspelt.map(({ judgement }) => recallOf.get(judgement.meant ?? '') ?? 0));
  return {
    queries: outcomes.length,
    ndcg: mean(values),
    interval: interval(values, seededRandom(SEED)),
    recall: mean(outcomes.flatMap(({ recall }) => recall ?? [])),
    zeroResults: mean(outcomes.map(({ ranked }) => (ranked.length === 0 ? 1 : 0))),
    typoRecall: meant > 0 ? mean(misspelt.map(({ recall }) => recall ?? 0)) / meant : undefined,
  };
};

export const scoresOf = (outcomes: readonly Outcome[]): Scores =>
  new Map([
    ...KINDS.map((kind) => {
      const some = outcomes.filter(({ judgement }) => judgement.kind === kind);
      return [kind, figuresOf(some, outcomes)] as const;
    }),
    ['all', figuresOf(outcomes)] as const,
  ]);
