import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { copyOf, skusOfCopy, type Skus } from '../domain/copy.ts';
import { productChanged, type Publication } from '../domain/events.ts';
import type { InvalidProduct, Product } from '../domain/product.ts';
import type { CatalogTx, ProductRepository } from '../ports/catalog-tx.ts';
import { parseOutcome } from './create-product.ts';
import { findEditable, type InTrash, type NotCurrent } from './find-current.ts';
import type { SkuTaken } from './taken-skus.ts';

export interface DuplicateProduct {
  readonly productId: string;
  /** By default the original's, marked as a copy. */
  readonly name?: string | undefined;
  /** SKUs that are not given get a free suffix. */
  readonly skus: Skus;
}

type Refused = NotCurrent | InTrash | InvalidProduct | SkuTaken;

/** Copies of one product without names of their own for its SKUs. */
const MOST_COPIES = 100;

/** Creates a draft with the data of a product. */
export const makeDuplicateProduct =
  (unitOfWork: UnitOfWork<CatalogTx>, ids: Ids, clock: Clock, toWire: ToWire<Publication>) =>
  (
    { productId, name, skus: given }: DuplicateProduct,
    key?: IdempotencyKey,
  ): Promise<Result<Product, Refused | IdempotencyRefusal>> =>
    once(unitOfWork, key, parseOutcome, async ({ products, outbox }): Promise<Result<Product, Refused>> => {
      const original = await findEditable(products, productId, undefined);
      if (!original.ok) return original;
      const skus = await freeSkus(products, original.value, given);
      if (!skus.ok) return skus;
      const copy = copyOf(
        original.value,
        { name, skus: skus.value },
        ids.next(),
        () => ids.next(),
        clock.now(),
      );
      await products.save(copy);
      await outbox.add(toWire(productChanged(copy)));
      return ok(copy);
    });

const freeSkus = async (
  products: ProductRepository,
  product: Product,
  given: Skus,
): Promise<Result<Skus, InvalidProduct | SkuTaken>> => {
  const named = new Set(given.values());
  for (let attempt = 1; attempt <= MOST_COPIES; attempt += 1) {
    const skus = skusOfCopy(product, given, attempt);
    if (!skus.ok) return skus;
    const taken = [...(await products.ownersOf([...skus.value.values()])).keys()];
    if (taken.length === 0) return skus;
    const refused = taken.find((sku) => named.has(sku));
    if (refused !== undefined) return refuse('SKU_TAKEN', `The SKU ${refused} belongs to another product.`);
  }
  return refuse('SKU_TAKEN', 'The product has too many copies; name the SKUs of this one.');
};
