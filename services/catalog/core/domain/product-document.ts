import type { InJson } from '#kernel/json.ts';
import type { Product } from './product.ts';

/** Products were stored without their former variants at first. */
export type ProductDocument = InJson<Omit<Product, 'former'> & Partial<Pick<Product, 'former'>>>;

export const fromDocument = ({ former = [], ...document }: ProductDocument): Product => ({
  ...document,
  former,
  createdAt: new Date(document.createdAt),
  updatedAt: new Date(document.updatedAt),
});
