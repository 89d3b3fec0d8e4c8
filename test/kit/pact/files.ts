import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** The contracts that consumers have made, one file for each pair of services. */
export const PACTS = new URL('../../../contracts/pacts/', import.meta.url);

export interface Pair {
  readonly consumer: string;
  readonly provider: string;
}

export const nameOf = ({ consumer, provider }: Pair): string => `${consumer}-${provider}`;

export const fileOf = (pair: Pair, folder: URL = PACTS): URL => new URL(`${nameOf(pair)}.json`, folder);

const interaction = z.looseObject({
  type: z.enum(['Synchronous/HTTP', 'Asynchronous/Messages']),
  description: z.string(),
  providerStates: z.array(z.object({ name: z.string() }).loose()).default([]),
  /** Of a question, by HTTP. */
  request: z
    .looseObject({
      method: z.string(),
      path: z.string(),
      headers: z.record(z.string(), z.array(z.string())).default({}),
    })
    .optional(),
  contents: z.looseObject({ content: z.looseObject({ event_type: z.string() }) }).optional(),
});

const contract = z.looseObject({
  consumer: z.object({ name: z.string() }),
  provider: z.object({ name: z.string() }),
  interactions: z.array(interaction),
});

export type Contract = z.infer<typeof contract>;

/** Throws when it is none. */
export const parseContract = (text: string): Contract => contract.parse(JSON.parse(text));

export const readContract = (pair: Pair): Contract => parseContract(readFileSync(fileOf(pair), 'utf8'));

/** All pairs of `folder`, by name. */
export const pairsIn = (folder: URL = PACTS): readonly Pair[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const { consumer, provider } = parseContract(readFileSync(new URL(name, folder), 'utf8'));
      return { consumer: consumer.name, provider: provider.name };
    });

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
};

/** A pact file as it is kept: the same for the same contract, whichever version of Pact has written it. */
export const normalised = (text: string): string => {
  const { interactions, ...rest } = parseContract(text);
  const keyed = interactions.map((one) => [JSON.stringify([one.type, one.description]), one] as const);
  const metadata = { pactSpecification: { version: '4.0' } };
  const inOrder = keyed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  return `${JSON.stringify(sorted({ ...rest, interactions: inOrder, metadata }), undefined, 2)}\n`;
};

export const hashOf = (...texts: readonly string[]): string =>
  texts.reduce((hash, text) => hash.update(text).update('\0'), createHash('sha256')).digest('hex');
