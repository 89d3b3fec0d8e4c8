import { refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Product } from '../domain/product.ts';
import type { ProductRepository } from '../ports/catalog-tx.ts';
import { currentOf } from './current.ts';

export type NotCurrent = Refusal<'PRODUCT_NOT_FOUND' | 'PRECONDITION_FAILED'>;
const NO_PRODUCT = refuse('PRODUCT_NOT_FOUND', 'There is no such product.');

export type InTrash = Refusal<'PRODUCT_IN_TRASH'>;

/** The product, unless it is deleted or no longer at the version that a change is based on. It may be in the trash. */
export const findCurrent = async (
  products: ProductRepository,
  productId: string,
  basedOn: number | undefined,
): Promise<Result<Product, NotCurrent>> =>
  currentOf(await products.find(productId), ({ version }) => version, {
    what: 'product',
    missing: NO_PRODUCT,
    basedOn,
  });

/** The same, for changes that a product in the trash does not allow. */
export const findEditable = async (
  products: ProductRepository,
  productId: string,
  basedOn: number | undefined,
): Promise<Result<Product, NotCurrent | InTrash>> => {
  const current = await findCurrent(products, productId, basedOn);
  return current.ok && current.value.deletedAt
    ? refuse('PRODUCT_IN_TRASH', 'The product is in the trash; restore it first.')
    : current;
};
