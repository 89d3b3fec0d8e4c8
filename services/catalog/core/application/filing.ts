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
}

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
          const result = await work({ ...tx, file: makeFile(tx.categories, tree, missing, impossible) });
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
const makeFile = (
  categories: Categories,
  tree: Pick<DocumentQueries<Category>, 'all'>,
  missing: Map<string, Names>,
  impossible: ReadonlyMap<string, CategoryRefusal>,
): FilingTx['file'] => {
  const known = new Map<string, Promise<readonly Category[] | undefined>>();
  const byName = makeByName(categories, tree);
  const once = (
    key: string,
    find: () => Promise<readonly Category[] | undefined>,
  ): Promise<readonly Category[] | undefined> => {
    const finding = known.get(key) ?? find();
    known.set(key, finding);
    return finding;
  };
  return async (draft, before, how = 'create') => {
    const { category, subcategory, categoryIds } = draft;
    const here = before && before.categoryIds.length > 0 ? before : undefined;
    if (here && staysIn(here, draft)) return ok({ ...draft, ...placeOf(here) });
    const id = categoryIds.at(-1);
    const byId = id === undefined ? undefined : await once(id, () => findById(categories, id));
    if (byId) return ok({ ...draft, ...filedIn(byId) });
    if (category === '') return refuse('INVALID_PRODUCT', id === undefined ? NO_CATEGORY : UNKNOWN_CATEGORY);
    if (here && staysIn(here, { ...draft, categoryIds: [] })) return ok({ ...draft, ...placeOf(here) });
    const names = subcategory === '' ? [category] : [category, subcategory];
    const key = keyOf(names);
    const path = await once(key, () => findPath(byName, names));
    if (path) return ok({ ...draft, ...filedIn(path) });
    const refusal = impossible.get(key);
    if (refusal) return refuse('INVALID_PRODUCT', refusal.detail);
    if (how === 'create') missing.set(key, names);
    return ok(draft);
  };
};

/** So many categories of a unit are looked up separately; for more, as in imports, the tree is read. */
const FEW = 4;

/** A unit looks categories up before it writes anything, so it may read the tree outside of itself. */
const makeByName = (
  categories: Categories,
  tree: Pick<DocumentQueries<Category>, 'all'>,
): Categories['byName'] => {
  let count = 0;
  let all: Promise<ReadonlyMap<string, Category>> | undefined;
  return async (name) => {
    count += 1;
    if (count <= FEW) return categories.byName(name);
    all ??= byNames(tree);
    return (await all).get(name);
  };
};

const byNames = async (
  tree: Pick<DocumentQueries<Category>, 'all'>,
): Promise<ReadonlyMap<string, Category>> =>
  new Map(
    (await tree.all()).flatMap((category) => namesOf(category).map((name) => [name, category] as const)),
  );

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

const findPath = async (
  byName: Categories['byName'],
  names: Names,
): Promise<readonly Category[] | undefined> => {
  const path: Category[] = [];
  for (const name of names) {
    const found = await byName(bySibling(path.at(-1)?.id, name));
    if (!found) return undefined;
    path.push(found);
  }
  return path;
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
