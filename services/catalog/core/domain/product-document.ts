import type { InJson } from '#kernel/json.ts';
import type { Product } from './product.ts';

/** Old products were stored without their former variants. */
export type ProductDocument = InJson<Omit<Product, 'former'> & Partial<Pick<Product, 'former'>>>;

export const fromDocument = ({ former = [], ...document }: ProductDocument): Product => ({
  ...document,
  former,
  createdAt: new Date(document.createdAt),
  updatedAt: new Date(document.updatedAt),
});
