import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import type { Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { productChanged, type Publication } from '../domain/events.ts';
import { reviseProduct, type InvalidProduct, type Product, type ProductDraft } from '../domain/product.ts';
import type { FilingTx } from './filing.ts';
import { findEditable, type InTrash, type NotCurrent } from './find-current.ts';
import { codesIn, marketWith } from './market.ts';
import { refuseTakenSkus, type SkuTaken } from './taken-skus.ts';

export interface UpdateProduct {
  readonly productId: string;
  /** The version that the change is based on; any if absent. */
  readonly basedOn: number | undefined;
  readonly draft: ProductDraft;
}

export const makeUpdateProduct =
  (
    unitOfWork: UnitOfWork<FilingTx>,
    ids: Ids,
    clock: Clock,
    currencies: ReadonlySet<string>,
    toWire: ToWire<Publication>,
  ) =>
  ({
    productId,
    basedOn,
    draft,
  }: UpdateProduct): Promise<Result<Product, NotCurrent | InTrash | InvalidProduct | SkuTaken>> =>
    unitOfWork.run(async (tx) => {
      const { products, outbox } = tx;
      const current = await findEditable(products, productId, basedOn);
      if (!current.ok) return current;
      const free = await refuseTakenSkus(products, draft, productId);
      if (!free.ok) return free;
      const filed = await tx.file(draft, current.value);
      if (!filed.ok) return filed;
      const market = await marketWith(tx, currencies, codesIn(draft));
      const revised = reviseProduct(current.value, filed.value, () => ids.next(), clock.now(), market);
      if (!revised.ok) return revised;
      await products.save(revised.value);
      await outbox.add(toWire(productChanged(revised.value)));
      return revised;
    });
