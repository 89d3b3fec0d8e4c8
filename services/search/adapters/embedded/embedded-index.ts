import type { IndexChange } from '../../core/domain/document.ts';
import type { ProductIndex } from '../../core/ports/product-index.ts';
import { farShelf, nearShelf, type Shelf } from './shelf.ts';

/** Changes that are applied in one turn. */
const CHUNK = 100;
/** Rows of changed products that are tolerated, if they are also fewer than the products. */
const TOLERATED_WASTE = 10_000;
/** From this size on, searches and the start would keep the other work of this process waiting. */
const THREAD_FROM = 50_000;

/** All products. It can be read again and again. */
export interface Source {
  readonly count: () => Promise<number>;
  /** In parts. */
  readonly read: () => AsyncIterable<readonly IndexChange[]>;
}

export interface EmbeddedIndex extends ProductIndex {
  readonly close: () => Promise<void>;
}

const NOTHING: Source = {
  count: () => Promise.resolve(0),
  read: async function* () {},
};

const NONE: Promise<Shelf | undefined> = Promise.resolve(undefined);

interface Options {
  /** The number of products from which on the index has a thread of its own. */
  readonly threadFrom?: number | undefined;
  /** The index was lost with its thread, and has to be built again. */
  readonly onLost?: (error: Error) => void;
}

/**
 * An index in this process, built from `source` at the start and whenever too much of it is out of date; one of many
 * products in a thread of its own.
 */
export const embeddedIndex = (
  source = NOTHING,
  { threadFrom = THREAD_FROM, onLost = () => undefined }: Options = {},
): EmbeddedIndex => {
  let current = nearShelf();
  let next = NONE;
  let isBuilt = false;
  let building: Promise<void> | undefined;

  const open = async (): Promise<Shelf> => {
    if ((await source.count()) < threadFrom) return nearShelf();
    const shelf: Shelf = farShelf((error) => {
      if (shelf !== current) return; // a build notices by itself
      isBuilt = false;
      onLost(error);
    });
    return shelf;
  };
  /** The current one, and the one that is being built. */
  const shelves = async (): Promise<readonly Shelf[]> => {
    const coming = await next;
    return coming ? [current, coming] : [current];
  };
  /** Returns whether too much of the first is out of date. */
  const applyTo = async (targets: readonly Shelf[], changes: readonly IndexChange[]): Promise<boolean> => {
    let isWasteful = false;
    for (let start = 0; start < changes.length; start += CHUNK) {
      const chunk = changes.slice(start, start + CHUNK);
      const [fill] = await Promise.all(targets.map((shelf) => shelf.apply(chunk)));
      isWasteful = fill !== undefined && fill.waste > Math.max(TOLERATED_WASTE, fill.size);
    }
    return isWasteful;
  };
  const build = async (listings: AsyncIterable<readonly IndexChange[]>): Promise<void> => {
    const opening = open();
    next = opening.catch(() => undefined);
    const shelf = await opening;
    try {
      for await (const changes of listings) await applyTo([shelf], changes);
    } catch (error) {
      await shelf.close();
      throw error;
    } finally {
      next = NONE;
    }
    const previous = current;
    current = shelf;
    isBuilt = true;
    await previous.close();
  };
  /** The one that is going on, if there is one. */
  const rebuild = (listings: AsyncIterable<readonly IndexChange[]>): Promise<void> =>
    (building ??= build(listings).finally(() => {
      building = undefined;
    }));

  return {
    isCurrent: () => Promise.resolve(isBuilt),
    apply: async (changes) => {
      const isWasteful = await applyTo(await shelves(), changes);
      // Not awaited, as changes would show late; if it fails, the next change tries again.
      if (isWasteful) rebuild(source.read()).catch(() => undefined);
      return [];
    },
    frequencies: (terms) => current.frequencies(terms),
    findsAny: (plans) => current.findsAny(plans),
    search: (request) => current.search(request),
    rebuild,
    close: async () => {
      for (const shelf of await shelves()) await shelf.close();
    },
  };
};
