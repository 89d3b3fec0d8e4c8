import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import type { Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { productChanged, type Publication } from '../domain/events.ts';
import {
  reviseProduct,
  type InvalidProduct,
  type Market,
  type Product,
  type ProductDraft,
} from '../domain/product.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import { findCurrent, type NotCurrent } from './find-current.ts';
import { refuseTakenSkus, type SkuTaken } from './taken-skus.ts';

export interface UpdateProduct {
  readonly productId: string;
  /** The version that the change is based on; any if absent. */
  readonly basedOn: number | undefined;
  readonly draft: ProductDraft;
}

export const makeUpdateProduct =
  (unitOfWork: UnitOfWork<CatalogTx>, ids: Ids, clock: Clock, market: Market, toWire: ToWire<Publication>) =>
  ({
    productId,
    basedOn,
    draft,
  }: UpdateProduct): Promise<Result<Product, NotCurrent | InvalidProduct | SkuTaken>> =>
    unitOfWork.run(async ({ products, outbox }) => {
      const current = await findCurrent(products, productId, basedOn);
      if (!current.ok) return current;
      const free = await refuseTakenSkus(products, draft, productId);
      if (!free.ok) return free;
      const revised = reviseProduct(current.value, draft, () => ids.next(), clock.now(), market);
      if (!revised.ok) return revised;
      await products.save(revised.value);
      await outbox.add(toWire(productChanged(revised.value)));
      return revised;
    });
