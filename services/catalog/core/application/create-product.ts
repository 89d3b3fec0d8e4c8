import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import type { Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { productChanged, type Publication } from '../domain/events.ts';
import { createProduct, type InvalidProduct, type Product, type ProductDraft } from '../domain/product.ts';
import { fromDocument, type ProductDocument } from '../domain/product-document.ts';
import type { FilingTx } from './filing.ts';
import { codesIn, marketWith } from './market.ts';
import { refuseTakenSkus, type SkuTaken } from './taken-skus.ts';

type Refused = InvalidProduct | SkuTaken;

/** Only use cases that create a product store outcomes under their keys. */
export const parseOutcome = (outcome: unknown): Product => fromDocument(outcome as ProductDocument);

/** Returns the product as created, also to a retry after later changes. */
export const makeCreateProduct =
  (
    unitOfWork: UnitOfWork<FilingTx>,
    ids: Ids,
    clock: Clock,
    currencies: ReadonlySet<string>,
    toWire: ToWire<Publication>,
  ) =>
  (draft: ProductDraft, key?: IdempotencyKey): Promise<Result<Product, Refused | IdempotencyRefusal>> =>
    once(unitOfWork, key, parseOutcome, async (tx): Promise<Result<Product, Refused>> => {
      const { products, outbox } = tx;
      const free = await refuseTakenSkus(products, draft);
      if (!free.ok) return free;
      const filed = await tx.file(draft);
      if (!filed.ok) return filed;
      const market = await marketWith(tx, currencies, codesIn(draft));
      const created = createProduct(filed.value, ids.next(), () => ids.next(), clock.now(), market);
      if (!created.ok) return created;
      await products.save(created.value);
      await outbox.add(toWire(productChanged(created.value)));
      return created;
    });
