import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { productChanged, productDeleted, type Publication } from '../domain/events.ts';
import type { Product } from '../domain/product.ts';
import { moveToTrash, restored } from '../domain/trash.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import { findCurrent, type NotCurrent } from './find-current.ts';

export type NotInTrash = Refusal<'PRODUCT_NOT_IN_TRASH'>;

const NOT_IN_TRASH = refuse('PRODUCT_NOT_IN_TRASH', 'The product is not in the trash.');

/** Moves a product to the trash; one that is there already stays as it is. */
export const makeTrashProduct =
  (unitOfWork: UnitOfWork<CatalogTx>, clock: Clock, toWire: ToWire<Publication>) =>
  (productId: string, basedOn: number | undefined): Promise<Result<undefined, NotCurrent>> =>
    unitOfWork.run(async ({ products, outbox }) => {
      const current = await findCurrent(products, productId, basedOn);
      if (!current.ok) return current;
      if (current.value.deletedAt) return ok(undefined);
      const trashed = moveToTrash(current.value, clock.now());
      await products.save(trashed);
      await outbox.add(toWire(productChanged(trashed)));
      return ok(undefined);
    });

/** Deletes a product that is in the trash for good. */
export const makePurgeProduct =
  (unitOfWork: UnitOfWork<CatalogTx>, clock: Clock, toWire: ToWire<Publication>) =>
  (productId: string, basedOn: number | undefined): Promise<Result<undefined, NotCurrent | NotInTrash>> =>
    unitOfWork.run(async ({ products, outbox }) => {
      const current = await findCurrent(products, productId, basedOn);
      if (!current.ok) return current;
      if (!current.value.deletedAt) return NOT_IN_TRASH;
      await products.remove(current.value);
      await outbox.add(toWire(productDeleted(current.value, clock.now())));
      return ok(undefined);
    });

export const makeRestoreProduct =
  (unitOfWork: UnitOfWork<CatalogTx>, clock: Clock, toWire: ToWire<Publication>) =>
  (productId: string, basedOn: number | undefined): Promise<Result<Product, NotCurrent | NotInTrash>> =>
    unitOfWork.run(async ({ products, outbox }) => {
      const current = await findCurrent(products, productId, basedOn);
      if (!current.ok) return current;
      if (!current.value.deletedAt) return NOT_IN_TRASH;
      const product = restored(current.value, clock.now());
      await products.save(product);
      await outbox.add(toWire(productChanged(product)));
      return ok(product);
    });
