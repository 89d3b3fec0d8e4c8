import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { productChanged } from '../domain/events.ts';
import { createProduct, type InvalidProduct, type ProductDraft } from '../domain/product.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import { refuseTakenSkus, type SkuTaken } from './taken-skus.ts';

type Refused = InvalidProduct | SkuTaken;

/** Answers the new product's id. */
export const makeCreateProduct =
  (unitOfWork: UnitOfWork<CatalogTx>, ids: Ids, clock: Clock) =>
  (draft: ProductDraft, key?: IdempotencyKey): Promise<Result<string, Refused | IdempotencyRefusal>> =>
    once(unitOfWork, key, String, async ({ products, outbox }): Promise<Result<string, Refused>> => {
      const free = await refuseTakenSkus(products, draft);
      if (!free.ok) return free;
      const created = createProduct(draft, ids.next(), () => ids.next(), clock.now());
      if (!created.ok) return created;
      await products.save(created.value);
      await outbox.add(productChanged(created.value));
      return ok(created.value.productId);
    });
