import type { DocumentQueries } from '#kernel/documents.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  bySibling,
  createCategory,
  namesOf,
  type Category,
  type CategoryRefusal,
} from '../domain/category.ts';
import { pathOf } from '../domain/category-tree.ts';
import type { Filed, InvalidProduct } from '../domain/product.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';

/** A unit of work that can file products in the category tree. */
export interface FilingTx extends CatalogTx {
  /**
   * Finds the category of a draft by its ID, or else by its names. Names of categories that do not exist create them, each in a
   * unit of its own, and then this unit runs again; with `find` they leave the draft as it is.
   * @param before the product as it was: unchanged names leave it where it is, below the second level as well
   */
  readonly file: <T extends Filed>(
    draft: T,
    before?: Filed,
    how?: 'create' | 'find',
  ) => Promise<Result<T, InvalidProduct>>;
  /** Reads the categories with these names together; `file` then finds them without a read for each. */
  readonly readCategories: (places: readonly Place[]) => Promise<void>;
}

/** Names of a root category, and of a category in it. */
type Place = Pick<Filed, 'category' | 'subcategory'>;

/** Rolls back a unit whose categories do not all exist. */
class MissingCategories extends Error {
  readonly paths: readonly Names[];

  constructor(paths: readonly Names[]) {
    super(`missing categories: ${paths.map((names) => names.join(' / ')).join(', ')}`);
    this.paths = paths;
  }
}

/** Names of categories, from the root. */
type Names = readonly string[];

type Categories = CatalogTx['categories'];

export const withFiling = (
  unitOfWork: UnitOfWork<CatalogTx>,
  tree: Pick<DocumentQueries<Category>, 'all'>,
  ids: Ids,
): UnitOfWork<FilingTx> => {
  const { aggregatesPerUnit } = unitOfWork;
  const runWhen = unitOfWork.runWhen?.bind(unitOfWork);

  /** @param ready awaited before categories are created */
  const filing = async <T>(
    run: (work: (tx: CatalogTx) => Promise<T>) => Promise<T>,
    work: (tx: FilingTx) => Promise<T>,
    ready?: () => Promise<void>,
  ): Promise<T> => {
    const impossible = new Map<string, CategoryRefusal>();
    for (;;) {
      try {
        return await run(async (tx) => {
          const missing = new Map<string, Names>();
          const result = await work({ ...tx, ...filingIn(tx.categories, missing, impossible) });
          if (missing.size === 0 || isRefused(result)) return result;
          await ready?.();
          throw new MissingCategories([...missing.values()]);
        });
      } catch (error) {
        if (!(error instanceof MissingCategories)) throw error;
        for (const names of error.paths) {
          const created = await createPath(unitOfWork, tree, ids, names);
          if (!created.ok) impossible.set(keyOf(names), created.error);
        }
      }
    }
  };

  return {
    ...(aggregatesPerUnit !== undefined && { aggregatesPerUnit }),
    run: (work) => filing((one) => unitOfWork.run(one), work),
    ...(runWhen && {
      runWhen: (ready, work) => filing((one) => runWhen(ready, one), work, ready),
    }),
  };
};

/** A unit that refuses has nothing to file. */
const isRefused = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && 'ok' in result && result.ok === false;

const keyOf = (names: readonly string[]): string => JSON.stringify(names);

/**
 * @param missing collects the categories that the unit needs
 * @param impossible why categories could not be created
 */
const filingIn = (
  categories: Categories,
  missing: Map<string, Names>,
  impossible: ReadonlyMap<string, CategoryRefusal>,
): Pick<FilingTx, 'file' | 'readCategories'> => {
  /** As found by names and by ID; undefined if there is none. */
  const named = new Map<string, Category | undefined>();
  const paths = new Map<string, readonly Category[] | undefined>();
  const read = async (names: readonly string[]): Promise<void> => {
    const unknown = [...new Set(names)].filter((name) => !named.has(name));
    if (unknown.length === 0) return;
    const found = await categories.allByName(unknown);
    for (const name of unknown) named.set(name, found.get(name));
  };
  const pathTo = async (id: string): Promise<readonly Category[] | undefined> => {
    if (!paths.has(id)) paths.set(id, await findById(categories, id));
    return paths.get(id);
  };
  const pathBy = async (names: Names): Promise<readonly Category[] | undefined> => {
    const path: Category[] = [];
    for (const name of names) {
      const key = bySibling(path.at(-1)?.id, name);
      await read([key]);
      const found = named.get(key);
      if (!found) return undefined;
      path.push(found);
    }
    return path;
  };
  return {
    readCategories: async (places) => {
      const rootOf = ({ category }: Place): string => bySibling(undefined, category);
      await read(places.map(rootOf));
      await read(
        places.flatMap((place) => {
          const root = place.subcategory === '' ? undefined : named.get(rootOf(place));
          return root ? [bySibling(root.id, place.subcategory)] : [];
        }),
      );
    },
    file: async (draft, before, how = 'create') => {
      const { category, subcategory, categoryIds } = draft;
      const here = before && before.categoryIds.length > 0 ? before : undefined;
      if (here && staysIn(here, draft)) return ok({ ...draft, ...placeOf(here) });
      const id = categoryIds.at(-1);
      const byId = id === undefined ? undefined : await pathTo(id);
      if (byId) return ok({ ...draft, ...filedIn(byId) });
      if (category === '')
        return refuse('INVALID_PRODUCT', id === undefined ? NO_CATEGORY : UNKNOWN_CATEGORY);
      if (here && staysIn(here, { ...draft, categoryIds: [] })) return ok({ ...draft, ...placeOf(here) });
      const names = subcategory === '' ? [category] : [category, subcategory];
      const path = await pathBy(names);
      if (path) return ok({ ...draft, ...filedIn(path) });
      const key = keyOf(names);
      const refusal = impossible.get(key);
      if (refusal) return refuse('INVALID_PRODUCT', refusal.detail);
      if (how === 'create') missing.set(key, names);
      return ok(draft);
    },
  };
};

const NO_CATEGORY = 'A product needs a category_id, or the names of a category and a subcategory.';
const UNKNOWN_CATEGORY = 'There is no such category.';

/** True if a draft names the category that the product is in. */
const staysIn = (before: Filed, { category, subcategory, categoryIds }: Filed): boolean =>
  categoryIds.length > 0
    ? categoryIds.at(-1) === before.categoryIds.at(-1)
    : category === before.category && subcategory === before.subcategory;

const placeOf = ({ category, subcategory, categoryIds, categoryPath }: Filed): Filed => ({
  category,
  subcategory,
  categoryIds,
  categoryPath,
});

const filedIn = (path: readonly Category[]): Filed => ({
  category: path[0]?.name ?? '',
  subcategory: path[1]?.name ?? '',
  categoryIds: path.map(({ id }) => id),
  categoryPath: path.map(({ name }) => name),
});

/** The path to a category, the root first. */
const findById = async (categories: Categories, id: string): Promise<readonly Category[] | undefined> => {
  const own = await categories.find(id);
  if (!own) return undefined;
  const above = new Map([[own.id, own]]);
  for (let { parentId } = own; parentId !== undefined && !above.has(parentId);) {
    const parent: Category | undefined = await categories.find(parentId);
    if (!parent) break;
    above.set(parent.id, parent);
    parentId = parent.parentId;
  }
  return pathOf(above, own);
};

/** Creates the categories of a path that do not exist. Their unique names make concurrent calls create each once. */
const createPath = async (
  unitOfWork: UnitOfWork<CatalogTx>,
  tree: Pick<DocumentQueries<Category>, 'all'>,
  ids: Ids,
  names: Names,
): Promise<Result<Category | undefined, CategoryRefusal>> => {
  let parent: Category | undefined;
  for (const name of names) {
    const parentId = parent?.id;
    const found = await unitOfWork.run(async ({ categories }): Promise<Result<Category, CategoryRefusal>> => {
      const known = await categories.byName(bySibling(parentId, name));
      if (known) return ok(known);
      const draft = { name: name.trim(), parentId, position: 0, description: '' };
      const created = createCategory(draft, ids.next(), await tree.all());
      if (created.ok) await categories.save(created.value, namesOf(created.value));
      return created;
    });
    if (!found.ok) return found;
    parent = found.value;
  }
  return ok(parent);
};
