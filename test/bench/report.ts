import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { table } from '#scripts/lib/table.ts';
import { isMet, ratioOf, type Aim, type Figure } from './figures.ts';

/** The outcome of a measurement. */
export interface Outcome {
  readonly name: string;
  readonly figures: readonly Figure[];
  /** Why there are no figures. */
  readonly error?: string;
}

const round = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });

const aimText = (aim: Aim, isRatio: boolean): string =>
  `${'atLeast' in aim ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`}${isRatio ? ' ×' : ''}`;

const rowOf = (figure: Figure): string[] => {
  const { what, value, unit, latencies, floor, aim } = figure;
  const ratio = ratioOf(figure);
  return [
    what,
    `${round(value)} ${unit}`.trim(),
    latencies ? [latencies.p50Ms, latencies.p95Ms, latencies.p99Ms].map(round).join(' / ') : '',
    floor ? `${round(floor.value)}  ${floor.what}` : '',
    ratio === undefined ? '' : `${round(ratio)} ×`,
    aim ? `${aimText(aim, ratio !== undefined)} ${isMet(figure) === true ? '✓' : '✗ falls short'}` : '',
  ];
};

/** For people. */
export const figuresTable = (outcomes: readonly Outcome[]): string =>
  [
    table(
      ['WHAT', 'FIGURE', 'p50 / p95 / p99 ms', 'FLOOR', '÷', 'AIM'],
      outcomes.flatMap(({ figures }) => figures.map(rowOf)),
    ),
    ...outcomes.flatMap(({ name, error }) =>
      error === undefined ? [] : [`✗ ${name} was not measured: ${error}`],
    ),
  ].join('\n');

/** For programs. */
export const writeReport = (
  file: string,
  facts: Readonly<Record<string, string>>,
  outcomes: readonly Outcome[],
): void => {
  const measurements = outcomes.map(({ figures, ...rest }) => ({
    ...rest,
    figures: figures.map((figure) => ({ ...figure, ratio: ratioOf(figure), isMet: isMet(figure) })),
  }));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ facts, measurements }, null, 2));
};
