import type { OpenSearchConnection } from '#adapters/opensearch/connection.ts';
import type { ProductIndex } from '../../core/ports/product-index.ts';
import { write } from './bulk.ts';
import { Generations, missing, withIndex, type GenerationOptions } from './generations.ts';
import { FORMAT } from './mapping.ts';
import { rebuild, type RebuildOptions } from './rebuild.ts';
import { toExistence, toExistenceBodies, toFrequencies, toFrequencyBodies } from './counts.ts';
import { toPage, toSearchBodies } from './search.ts';
import { searchAll, type SearchBody } from './searches.ts';

/** An index on OpenSearch 2, which all instances of the service share. */
export const openSearchIndex = (
  connection: OpenSearchConnection,
  options: GenerationOptions & RebuildOptions,
): ProductIndex => {
  const { name, onRefused } = options;
  const generations = new Generations(connection, options);

  const ask = (...bodies: readonly SearchBody[]): Promise<readonly unknown[]> =>
    withIndex(generations, () => searchAll(connection, name, bodies));

  return {
    isCurrent: async () =>
      (await generations.look()).some(
        ({ isInUse, isComplete, format }) => isInUse && isComplete && format >= FORMAT,
      ),
    apply: async (changes) => {
      const present = await generations.look();
      // Documents of an earlier version must not be in it: listings stay pending for that later version.
      if (present.some(({ format }) => format > FORMAT))
        throw new Error(`${name} belongs to a later version`);
      if (!present.some(({ isInUse }) => isInUse)) await generations.ensure();
      // A rebuild that begins from here on reads these listings or later ones.
      const aliases = [name, ...present.flatMap(({ buildingAlias }) => buildingAlias ?? [])];
      const written = await write(connection, aliases, changes);
      // A building alias is missing if its rebuild ended meanwhile; if it succeeded, `name` is the new index.
      if (written.some(({ alias, outcome }) => alias === name && outcome === 'missing')) throw missing(name);
      const refused = new Map<string, string>();
      for (const { productId, outcome, reason = '' } of written)
        if (outcome === 'refused') refused.set(productId, reason);
      for (const [productId, reason] of refused) onRefused(productId, reason);
      return [...refused.keys()];
    },
    frequencies: async (terms) => toFrequencies(await ask(...toFrequencyBodies(terms)), terms),
    findsAny: async (plans) => toExistence(await ask(...toExistenceBodies(plans))),
    search: async (request) => toPage(request, await ask(...toSearchBodies(request))),
    rebuild: (listings) => rebuild(connection, generations, listings, options),
  };
};
