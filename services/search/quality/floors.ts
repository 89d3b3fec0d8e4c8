import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { figuresOf, outcomesOf, type Figures } from './evaluate.ts';
import type { Judgement } from './judgements.ts';
import type { Engine } from './sample-shop.ts';
import { withTypingErrors } from './typing-errors.ts';

/** What the test set must reach. */
const floors = z.strictObject({
  ndcg: z.number(),
  /** nDCG as a multiple of the baseline's. */
  timesBaseline: z.number(),
  recall: z.number(),
  typoRecall: z.number(),
  /** As `typoRecall`, with a random typing error in each query. */
  mistypedRecall: z.number(),
  /** At most. */
  zeroResults: z.number(),
});
export type Floors = z.infer<typeof floors>;

export const readFloors = (): Floors =>
  floors.parse(JSON.parse(readFileSync(new URL('floors.json', import.meta.url), 'utf8')));

/** An engine's figures for all queries of a set. */
export interface Measured {
  readonly figures: Figures;
  /** With a random typing error in each query. */
  readonly mistyped: Figures;
  readonly baseline: Figures;
}

/** Asks an engine all queries of a set, as they are and mistyped. */
export const measure = async (
  engine: Engine,
  baseline: Engine,
  judgements: readonly Judgement[],
): Promise<Measured> => {
  const all = async (asked: Engine, queries: readonly Judgement[]): Promise<Figures> =>
    figuresOf(await outcomesOf(asked, queries));
  return {
    figures: await all(engine, judgements),
    mistyped: await all(engine, withTypingErrors(judgements)),
    baseline: await all(baseline, judgements),
  };
};

/** A sentence for each floor that is not reached. */
export const shortfallsOf = ({ figures, mistyped, baseline }: Measured, least: Floors): string[] => {
  const found = (
    [
      ['nDCG@10', figures.ndcg, least.ndcg],
      ['nDCG@10 as a multiple of the baseline’s', figures.ndcg / baseline.ndcg, least.timesBaseline],
      ['recall@10', figures.recall, least.recall],
      ['typo recall', figures.typoRecall ?? 0, least.typoRecall],
      ['recall of mistyped queries', mistyped.typoRecall ?? 0, least.mistypedRecall],
    ] as const
  ).flatMap(([name, value, floor]) =>
    value < floor ? [`${name} is ${value.toFixed(3)}, below ${floor}.`] : [],
  );
  return figures.zeroResults > least.zeroResults
    ? [
        ...found,
        `${(figures.zeroResults * 100).toFixed(1)} % of queries find nothing, above ${least.zeroResults * 100} %.`,
      ]
    : found;
};
