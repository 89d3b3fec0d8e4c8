import { readFileSync } from 'node:fs';
import { fileOf, hashOf, pairsIn, parseContract, type Pair } from '#test/kit/pact/files.ts';
import { standingOf, type Side, type Standing } from '#test/kit/pact/records.ts';
import { PLANNED } from './event-services.ts';

export interface Row extends Pair {
  readonly interactions: number;
  /** Hash of the contract's content. */
  readonly hash: string;
  /** Whether the consumer's tests have made this contract, and the provider has kept it. */
  readonly standing: Readonly<Record<Side, Standing | 'planned'>>;
}

/** The contracts of `service` with its neighbours, or all of them. Throws when it has none. */
export const rowsOf = (
  service: string | undefined,
  standing: typeof standingOf = standingOf,
  planned = PLANNED,
): readonly Row[] => {
  const isMine = ({ consumer, provider }: Pair): boolean =>
    service === undefined || service === consumer || service === provider;
  const pairs = pairsIn().filter(isMine);
  if (pairs.length === 0) throw new Error(`No contract found for ${service ?? 'any service'}.`);
  return pairs.map((pair) => {
    const text = readFileSync(fileOf(pair), 'utf8');
    return {
      ...pair,
      interactions: parseContract(text).interactions.length,
      hash: hashOf(text).slice(0, 12),
      standing: {
        consumer: standing('consumer', pair),
        provider: planned.includes(pair.provider) ? 'planned' : standing('provider', pair),
      },
    };
  });
};

/** A planned provider has nothing to break yet. */
export const isVerified = ({ standing }: Row): boolean =>
  standing.consumer === 'verified' && ['verified', 'planned'].includes(standing.provider);
