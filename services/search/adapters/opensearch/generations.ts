import { errors } from '@opensearch-project/opensearch';
import { z } from 'zod';
import type { OpenSearchConnection } from '#adapters/opensearch/connection.ts';
import { StoreUnavailable } from '#adapters/messaging/stores.ts';
import { FORMAT, MAPPING } from './mapping.ts';
import { IndexMissing } from './searches.ts';

/** Searches see changes after this time. */
const REFRESH = '500ms';
export interface GenerationOptions {
  /** The alias of the index in use, without dots. */
  readonly name: string;
  readonly shards: number;
  readonly replicas: number;
}

/** What an index says about itself. */
interface Meta {
  readonly format: number;
  /** False for one that is being built, and for one that was made on first use and lacks products. */
  readonly isComplete: boolean;
  /** Raised by the rebuild that fills it. */
  readonly beat: number;
}

/** One of the indexes behind the name: the one in use, one that is being built, or a remnant. */
export interface Generation extends Meta {
  readonly index: string;
  readonly isInUse: boolean;
  /** Present while it is being built: changes are also written to it. */
  readonly buildingAlias?: string | undefined;
}

/** One that is being built. */
export interface Draft extends Generation {
  readonly buildingAlias: string;
}

const Meta = z.object({ format: z.int(), isComplete: z.boolean(), beat: z.int() });
const NEW: Meta = { format: FORMAT, isComplete: false, beat: 0 };
/** Indexes without our `_meta` are not ours. */
const Indexes = z.record(
  z.string(),
  z.object({
    aliases: z.record(z.string(), z.unknown()).default({}),
    mappings: z.object({ _meta: Meta.optional() }).default({}),
  }),
);

/**
 * The indexes `NAME.*` behind the alias `NAME`. The alias has at most one index, as each is added as the one for writes, of
 * which OpenSearch refuses a second.
 */
export class Generations {
  readonly #connection: OpenSearchConnection;
  readonly #options: GenerationOptions;

  constructor(connection: OpenSearchConnection, options: GenerationOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  async look(): Promise<Generation[]> {
    const { name } = this.#options;
    const { body } = await this.#connection.run((client) =>
      client.indices.get({ index: `${name}.*`, filter_path: '*.aliases,*.mappings._meta' }),
    );
    return Object.entries(Indexes.parse(body)).flatMap(([index, { aliases, mappings }]) => {
      const buildingAlias = buildingAliasOf(index) in aliases ? buildingAliasOf(index) : undefined;
      return mappings._meta ? [{ index, ...mappings._meta, isInUse: name in aliases, buildingAlias }] : [];
    });
  }

  /** Makes the index if there is none. Several instances may do so at once: all get the same. */
  async ensure(): Promise<void> {
    const { name } = this.#options;
    try {
      await this.#create(`${name}.first`, name, REFRESH);
    } catch (error) {
      if (!(error instanceof errors.ResponseError)) throw error;
      const generations = await this.look();
      if (!generations.some(({ isInUse }) => isInUse)) throw error;
      await this.#connection.run((client) =>
        client.cluster.health({ index: name, wait_for_status: 'yellow', timeout: '5s' }),
      );
    }
  }

  /** A new index that is being built, under an alias of its own. */
  async begin(id: string): Promise<Draft> {
    const index = `${this.#options.name}.${id}`;
    const buildingAlias = buildingAliasOf(index);
    await this.#create(index, buildingAlias, '-1');
    return { index, ...NEW, isInUse: false, buildingAlias };
  }

  /** Shows that the rebuild goes on. */
  async beat(generation: Generation, beat: number): Promise<void> {
    await this.#mark(generation, { ...NEW, beat });
  }

  /** Puts a finished index to use; returns those that were in use before, for searches that still read them. */
  async use(generation: Draft): Promise<Generation[]> {
    const { index, buildingAlias } = generation;
    const { name } = this.#options;
    await this.#connection.run((client) =>
      client.indices.putSettings({ index, body: { index: { refresh_interval: REFRESH } } }),
    );
    await this.#connection.run((client) => client.indices.refresh({ index }));
    await this.#mark(generation, { ...NEW, isComplete: true });
    const before = (await this.look()).filter(({ isInUse }) => isInUse);
    await this.#connection.run((client) =>
      client.indices.updateAliases({
        body: {
          actions: [
            ...before.map((old) => ({ remove: { index: old.index, alias: name, must_exist: true } })),
            { remove: { index, alias: buildingAlias, must_exist: true } },
            { add: { index, alias: name, is_write_index: true } },
          ],
        },
      }),
    );
    return before;
  }

  /** Throws if the index was put to use: only one of both can take its building alias away. */
  async remove({ index, buildingAlias }: Generation): Promise<void> {
    if (buildingAlias !== undefined)
      await this.#connection.run((client) =>
        client.indices.updateAliases({
          body: { actions: [{ remove: { index, alias: buildingAlias, must_exist: true } }] },
        }),
      );
    await this.#connection.run((client) => client.indices.delete({ index, ignore_unavailable: true }));
  }

  async #create(index: string, alias: string, refreshInterval: string): Promise<void> {
    const { shards, replicas } = this.#options;
    await this.#connection.run((client) =>
      client.indices.create({
        index,
        wait_for_active_shards: '1',
        body: {
          settings: {
            number_of_shards: shards,
            number_of_replicas: replicas,
            refresh_interval: refreshInterval,
          },
          mappings: { ...MAPPING, _meta: { ...NEW } },
          aliases: { [alias]: { is_write_index: true } },
        },
      }),
    );
  }

  async #mark({ index }: Generation, meta: Meta): Promise<void> {
    await this.#connection.run((client) =>
      client.indices.putMapping({ index, body: { _meta: { ...meta } } }),
    );
  }
}

const buildingAliasOf = (index: string): string => `${index}.building`;

/** Runs a request; makes the index if it is missing, and runs it again. */
export const withIndex = async <T>(generations: Generations, run: () => Promise<T>): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof IndexMissing)) throw error;
    await generations.ensure();
    return await run();
  }
};

export const missing = (name: string): StoreUnavailable =>
  new StoreUnavailable(`OpenSearch: ${name} is missing`);
