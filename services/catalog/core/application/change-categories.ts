import type { DocumentQueries } from '#kernel/documents.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  changeCategory,
  createCategory,
  namesOf,
  type Category,
  type CategoryDraft,
  type CategoryRefusal,
} from '../domain/category.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import type { ProductQueries } from '../ports/product-queries.ts';
import { currentOf } from './current.ts';
import { findByKey } from './find-by-key.ts';

export type CategoryNotCurrent = Refusal<'CATEGORY_NOT_FOUND' | 'PRECONDITION_FAILED'>;
export type CategoryNotEmpty = Refusal<'CATEGORY_NOT_EMPTY'>;

type Tree = Pick<DocumentQueries<Category>, 'all'>;

export const makeCreateCategory =
  (unitOfWork: UnitOfWork<CatalogTx>, tree: Tree, ids: Ids) =>
  (
    draft: CategoryDraft,
    key?: IdempotencyKey,
  ): Promise<Result<Category, CategoryRefusal | IdempotencyRefusal>> =>
    once(
      unitOfWork,
      key,
      (kept) => kept as Category, // only this use case stores outcomes under its keys
      async ({ categories }): Promise<Result<Category, CategoryRefusal>> => {
        const created = createCategory(draft, ids.next(), await tree.all());
        if (created.ok) await categories.save(created.value, namesOf(created.value));
        return created;
      },
    );

export interface ChangeCategory {
  /** Its ID or slug. */
  readonly key: string;
  /** The edition that the change is based on; any if absent. */
  readonly basedOn: number | undefined;
  readonly draft: CategoryDraft;
}

export const makeChangeCategory =
  (unitOfWork: UnitOfWork<CatalogTx>, tree: Tree) =>
  ({
    key,
    basedOn,
    draft,
  }: ChangeCategory): Promise<Result<Category, CategoryNotCurrent | CategoryRefusal>> =>
    unitOfWork.run(async ({ categories }) => {
      const all = await tree.all();
      const current = await findCurrent(categories, key, basedOn);
      if (!current.ok) return current;
      const changed = changeCategory(current.value, draft, all);
      if (changed.ok) await categories.save(changed.value, namesOf(changed.value));
      return changed;
    });

export const makeDeleteCategory =
  (unitOfWork: UnitOfWork<CatalogTx>, tree: Tree, products: Pick<ProductQueries, 'select'>) =>
  (
    key: string,
    basedOn: number | undefined,
  ): Promise<Result<undefined, CategoryNotCurrent | CategoryNotEmpty>> =>
    unitOfWork.run(async ({ categories }) => {
      const all = await tree.all();
      const current = await findCurrent(categories, key, basedOn);
      if (!current.ok) return current;
      const { id } = current.value;
      if (all.some(({ parentId }) => parentId === id))
        return refuse('CATEGORY_NOT_EMPTY', 'The category has subcategories.');
      if ((await products.select({ categoryId: id }, undefined, 1)).length > 0)
        return refuse('CATEGORY_NOT_EMPTY', 'The category has products, possibly in the trash.');
      await categories.remove(current.value);
      return ok(undefined);
    });

const NO_CATEGORY = refuse('CATEGORY_NOT_FOUND', 'There is no such category.');

const findCurrent = async (
  categories: CatalogTx['categories'],
  key: string,
  basedOn: number | undefined,
): Promise<Result<Category, CategoryNotCurrent>> =>
  currentOf(await findByKey(categories, key), ({ edition }) => edition, {
    what: 'category',
    missing: NO_CATEGORY,
    basedOn,
  });
