import type { Contract } from '#test/kit/pact/files.ts';
import type { Breach } from './schema-compat.ts';

type Interaction = Contract['interactions'][number];

const nameOf = ({ consumer, provider }: Contract): string => `${consumer.name}-${provider.name}`;

/** The same question in the same state of the provider is the same interaction. */
const keyOf = ({ type, description, providerStates }: Interaction): string =>
  JSON.stringify([type, description, providerStates.map(({ name }) => name)]);

/** Paths of the members that stand in `before` and not in `after`, whatever their values, which are examples. */
const missing = (before: unknown, after: unknown, path: string): readonly string[] => {
  if (before === undefined) return [];
  if (typeof before !== 'object' || before === null) return after === undefined ? [path] : [];
  if (typeof after !== 'object' || after === null) return [path];
  const found = new Map(Object.entries(after));
  return Object.entries(before).flatMap(([key, value]) => missing(value, found.get(key), `${path}/${key}`));
};

/** What an interaction says: the question and what is read of the answer, or of the event. */
const saidBy = ({ request, response, contents }: Interaction): object => ({ request, response, contents });

/**
 * What the released contracts hold a provider to, and today's do not: a consumer's spec and its file may have been
 * changed together, so neither notices.
 */
export const lostExpectations = (
  released: readonly Contract[],
  now: readonly Contract[],
): readonly Breach[] =>
  released.flatMap((before) => {
    const where = nameOf(before);
    const after = now.find((contract) => nameOf(contract) === where);
    if (!after) return [{ kind: 'contract-removed', where, detail: '' }];
    const kept = new Map(after.interactions.map((one) => [keyOf(one), one]));
    return before.interactions.flatMap((one): readonly Breach[] => {
      const same = kept.get(keyOf(one));
      if (!same) return [{ kind: 'interaction-removed', where, detail: one.description }];
      return missing(saidBy(one), saidBy(same), '').map((path) => ({
        kind: 'expectation-removed',
        where,
        detail: `${one.description} ${path}`,
      }));
    });
  });
