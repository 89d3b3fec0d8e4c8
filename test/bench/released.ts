import { ratioOf, type Figure } from './figures.ts';
import type { Outcome } from './report.ts';

/** How a release compares with its floors, by figure: higher is better. */
export type Scores = Readonly<Record<string, number>>;

/** A share of a score that shared machines lose by chance. */
const TOLERATED = 0.15;

const scoreOf = (figure: Figure): number | undefined => {
  const ratio = ratioOf(figure);
  if (ratio === undefined) return undefined;
  return figure.unit === '/s' ? ratio : 1 / ratio;
};

/** The scores of all figures that have a floor. */
export const scoresOf = (outcomes: readonly Outcome[]): Scores =>
  Object.fromEntries(
    outcomes
      .flatMap(({ figures }) => figures)
      .flatMap((figure) => {
        const score = scoreOf(figure);
        return score === undefined ? [] : [[figure.what, Number(score.toPrecision(3))]];
      }),
  );

/** A line for each figure that is more than 15 % worse than in the release, or that was not measured. */
export const lossesSince = (released: Scores | undefined, now: Scores): readonly string[] => {
  if (!released) return ['no figures of a release to compare with'];
  return Object.entries(released).flatMap(([what, before]) => {
    const score = now[what];
    if (score === undefined) return [`${what}: not measured`];
    const lost = 1 - score / before;
    return lost <= TOLERATED + Number.EPSILON
      ? []
      : [`${what}: ${Math.round(lost * 100)} % worse than in the release`];
  });
};
