import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { productDeleted, type Publication } from '../domain/events.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import { findCurrent, type NotCurrent } from './find-current.ts';

export const makeDeleteProduct =
  (unitOfWork: UnitOfWork<CatalogTx>, clock: Clock, toWire: ToWire<Publication>) =>
  (productId: string, basedOn: number | undefined): Promise<Result<undefined, NotCurrent>> =>
    unitOfWork.run(async ({ products, outbox }) => {
      const current = await findCurrent(products, productId, basedOn);
      if (!current.ok) return current;
      await products.remove(current.value);
      await outbox.add(toWire(productDeleted(current.value, clock.now())));
      return ok(undefined);
    });
