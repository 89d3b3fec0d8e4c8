import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Figures } from './evaluate.ts';

/** What the test set must reach. */
const floors = z.strictObject({
  ndcg: z.number(),
  /** nDCG as a multiple of the baseline's. */
  timesBaseline: z.number(),
  recall: z.number(),
  typoRecall: z.number(),
  /** At most. */
  zeroResults: z.number(),
});
export type Floors = z.infer<typeof floors>;

export const readFloors = (): Floors =>
  floors.parse(JSON.parse(readFileSync(new URL('floors.json', import.meta.url), 'utf8')));

/** A sentence for each floor that is not reached. */
export const shortfallsOf = (figures: Figures, baseline: Figures, least: Floors): string[] => {
  const found = (
    [
      ['nDCG@10', figures.ndcg, least.ndcg],
      ['nDCG@10 as a multiple of the baseline’s', figures.ndcg / baseline.ndcg, least.timesBaseline],
      ['recall@10', figures.recall, least.recall],
      ['typo recall', figures.typoRecall ?? 0, least.typoRecall],
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
