/** A reporter for Stryker: prints the score of each service, and fails when one is below what the whole must reach. */

const DETECTED = ['Killed', 'Timeout'];
const MISSED = ['Survived', 'NoCoverage'];

export interface MutationReport {
  /** By path. */
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

export interface Score {
  /** A service, or the kernel. */
  readonly part: string;
  readonly detected: number;
  /** Mutants that could be detected: those that neither failed to load nor were ignored. */
  readonly valid: number;
}

export const scoresOf = ({ files }: MutationReport): Score[] => {
  const parts = Map.groupBy(Object.entries(files), ([path]) => path.replace(/^services\/|\/.*$/g, ''));
  return Array.from(parts, ([part, itsFiles]) => {
    const statuses = itsFiles.flatMap(([, { mutants }]) => mutants.map(({ status }) => status));
    const count = (wanted: readonly string[]): number =>
      statuses.filter((status) => wanted.includes(status)).length;
    return { part, detected: count(DETECTED), valid: count(DETECTED) + count(MISSED) };
  }).filter(({ valid }) => valid > 0);
};

interface Options {
  readonly thresholds: { readonly break: number | null };
}

export class MutationScores {
  static readonly inject = ['options'] as const;
  readonly #floor: number;

  constructor({ thresholds }: Options) {
    this.#floor = thresholds.break ?? 0;
  }

  onMutationTestReportReady(report: MutationReport): void {
    for (const { part, detected, valid } of scoresOf(report)) {
      const score = (100 * detected) / valid;
      const isLow = score < this.#floor;
      if (isLow) process.exitCode = 1;
      console.log(
        `${isLow ? '✗' : '✓'} ${part.padEnd(14)} ${score.toFixed(1)} % (${detected} of ${valid} mutants)`,
      );
    }
  }
}

export const strykerPlugins = [
  { kind: 'Reporter', name: 'mutation-scores', injectableClass: MutationScores },
];
