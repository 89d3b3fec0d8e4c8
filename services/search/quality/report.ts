import type { Figures, Scores } from './evaluate.ts';

const decimals = (value: number): string => value.toFixed(3);
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

const COLUMNS: readonly (readonly [heading: string, width: number, textOf: (figures: Figures) => string])[] =
  [
    ['nDCG@10', 9, ({ ndcg }) => decimals(ndcg)],
    ['95 % interval', 17, ({ interval: [low, high] }) => `${decimals(low)} to ${decimals(high)}`],
    ['recall@10', 11, ({ recall }) => decimals(recall)],
    ['no result', 11, ({ zeroResults }) => percent(zeroResults)],
    ['typo recall', 13, ({ typoRecall }) => (typoRecall === undefined ? '' : decimals(typoRecall))],
  ];
const KIND_WIDTH = 19;
const ENGINE_WIDTH = 10;
const QUERIES_WIDTH = 9;

/** A table: for each kind of query, a row per engine. */
export const tableOf = (engines: readonly (readonly [name: string, scores: Scores])[]): string => {
  const heading = [
    'kind'.padEnd(KIND_WIDTH),
    'queries'.padStart(QUERIES_WIDTH),
    `  ${'engine'.padEnd(ENGINE_WIDTH)}`,
    ...COLUMNS.map(([name, width]) => name.padStart(width)),
  ].join('');
  const kinds = [...(engines[0]?.[1].keys() ?? [])];
  const rows = kinds.flatMap((kind) =>
    engines.flatMap(([name, scores], index) => {
      const figures = scores.get(kind);
      if (!figures) return [];
      return [
        (index === 0 ? kind : '').padEnd(KIND_WIDTH),
        (index === 0 ? String(figures.queries) : '').padStart(QUERIES_WIDTH),
        `  ${name.padEnd(ENGINE_WIDTH)}`,
        ...COLUMNS.map(([, width, textOf]) => textOf(figures).padStart(width)),
      ].join('');
    }),
  );
  return [heading, ...rows].join('\n');
};
