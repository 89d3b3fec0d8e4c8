import { parseArgs } from 'node:util';
import { z } from 'zod';

const PROFILES = ['embedded', 'distributed'] as const;
export type BenchProfile = (typeof PROFILES)[number];

export interface BenchArguments {
  readonly profile: BenchProfile;
  /** A PostgreSQL for the embedded profile: `private` (one of its own) or a URL; PGlite when absent. */
  readonly pg: string | undefined;
  /** How long each thing is measured. */
  readonly seconds: number;
  /** The one measurement to take; all when absent. */
  readonly only: string | undefined;
  /** Fail if a ratio is more than 15 % worse than in the release, or make this run the release. */
  readonly release: 'check' | 'set' | undefined;
  /** Where the JSON goes. */
  readonly out: string;
}

const Seconds = z.coerce.number().positive().max(60);

/**
 * What `npm run bench` was asked for.
 * @param measurements names that `--only` takes, by profile
 * @throws {Error} that says what is wrong
 */
export const parseArguments = (
  args: readonly string[],
  measurements: Readonly<Record<BenchProfile, readonly string[]>>,
): BenchArguments => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profile: { type: 'string', default: 'embedded' },
      pg: { type: 'string' },
      seconds: { type: 'string', default: '5' },
      only: { type: 'string' },
      out: { type: 'string' },
      check: { type: 'boolean', default: false },
      release: { type: 'boolean', default: false },
    },
  });
  const profile = PROFILES.find((name) => name === values.profile);
  if (!profile) throw new Error(`--profile is one of ${PROFILES.join(', ')}`);
  if (profile === 'distributed' && values.pg !== undefined)
    throw new Error('--pg is for the embedded profile: the distributed one brings its servers up');
  const seconds = Seconds.safeParse(values.seconds);
  if (!seconds.success) throw new Error('--seconds is a number above 0, 60 at most');
  if (values.only !== undefined && !measurements[profile].includes(values.only))
    throw new Error(`--only is one of ${measurements[profile].join(', ')}`);
  if (values.only !== undefined && (values.check || values.release))
    throw new Error('a release is compared as a whole, without --only');
  return {
    profile,
    pg: values.pg,
    seconds: seconds.data,
    only: values.only,
    release: values.check ? 'check' : values.release ? 'set' : undefined,
    out: values.out ?? (profile === 'embedded' ? 'reports/bench.json' : `reports/bench-${profile}.json`),
  };
};
