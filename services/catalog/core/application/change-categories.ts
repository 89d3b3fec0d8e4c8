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
import type { TellOfPicture } from './tell-of-pictures.ts';

export type CategoryNotCurrent = Refusal<'CATEGORY_NOT_FOUND' | 'PRECONDITION_FAILED'>;
export type CategoryNotEmpty = Refusal<'CATEGORY_NOT_EMPTY'>;

type Tree = Pick<DocumentQueries<Category>, 'all'>;

export const makeCreateCategory =
  (unitOfWork: UnitOfWork<CatalogTx>, tree: Tree, ids: Ids, tellOfPicture: TellOfPicture) =>
  (
    draft: CategoryDraft,
    key?: IdempotencyKey,
  ): Promise<Result<Category, CategoryRefusal | IdempotencyRefusal>> =>
    once(
      unitOfWork,
      key,
      (kept) => kept as Category, // only this use case stores outcomes under its keys
      async (tx): Promise<Result<Category, CategoryRefusal>> => {
        const created = createCategory(draft, ids.next(), await tree.all());
        if (!created.ok) return created;
        await tx.categories.save(created.value, namesOf(created.value));
        await tellOfPicture(tx, undefined, created.value);
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
  (unitOfWork: UnitOfWork<CatalogTx>, tree: Tree, tellOfPicture: TellOfPicture) =>
  ({
    key,
    basedOn,
    draft,
  }: ChangeCategory): Promise<Result<Category, CategoryNotCurrent | CategoryRefusal>> =>
    unitOfWork.run(async (tx) => {
      const all = await tree.all();
      const current = await findCurrent(tx.categories, key, basedOn);
      if (!current.ok) return current;
      const changed = changeCategory(current.value, draft, all);
      if (!changed.ok) return changed;
      await tx.categories.save(changed.value, namesOf(changed.value));
      await tellOfPicture(tx, current.value, changed.value);
      return changed;
    });

export const makeDeleteCategory =
  (
    unitOfWork: UnitOfWork<CatalogTx>,
    tree: Tree,
    products: Pick<ProductQueries, 'select'>,
    tellOfPicture: TellOfPicture,
  ) =>
  (
    key: string,
    basedOn: number | undefined,
  ): Promise<Result<undefined, CategoryNotCurrent | CategoryNotEmpty>> =>
    unitOfWork.run(async (tx) => {
      const all = await tree.all();
      const current = await findCurrent(tx.categories, key, basedOn);
      if (!current.ok) return current;
      const { id } = current.value;
      if (all.some(({ parentId }) => parentId === id))
        return refuse('CATEGORY_NOT_EMPTY', 'The category has subcategories.');
      if ((await products.select({ categoryId: id }, undefined, 1)).length > 0)
        return refuse('CATEGORY_NOT_EMPTY', 'The category has products, possibly in the trash.');
      await tx.categories.remove(current.value);
      await tellOfPicture(tx, current.value, undefined);
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
