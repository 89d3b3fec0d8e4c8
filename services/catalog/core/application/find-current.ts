import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Product } from '../domain/product.ts';
import type { ProductRepository } from '../ports/catalog-tx.ts';

export type NotCurrent = Refusal<'PRODUCT_NOT_FOUND' | 'PRECONDITION_FAILED'>;

/** The product, unless it is deleted or no longer at the version that a change is based on. */
export const findCurrent = async (
  products: ProductRepository,
  productId: string,
  basedOn: number | undefined,
): Promise<Result<Product, NotCurrent>> => {
  const product = await products.find(productId);
  if (!product) return refuse('PRODUCT_NOT_FOUND', 'There is no such product.');
  if (basedOn !== undefined && basedOn !== product.version)
    return refuse('PRECONDITION_FAILED', `The product is now at version ${product.version}.`);
  return ok(product);
};
