import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { ProductDraft } from '../domain/product.ts';
import type { ProductRepository } from '../ports/catalog-tx.ts';

export type SkuTaken = Refusal<'SKU_TAKEN'>;

/** Refuses a draft that names a SKU of a product other than `productId`. */
export const refuseTakenSkus = async (
  products: ProductRepository,
  { variants }: ProductDraft,
  productId?: string,
): Promise<Result<undefined, SkuTaken>> => {
  const owners = await products.ownersOf(variants.map(({ sku }) => sku));
  for (const [sku, owner] of owners)
    if (owner !== productId) return refuse('SKU_TAKEN', `The SKU ${sku} belongs to another product.`);
  return ok(undefined);
};
