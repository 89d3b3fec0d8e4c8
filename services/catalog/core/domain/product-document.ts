import type { InJson } from '#kernel/json.ts';
import type { Product } from './product.ts';

export type ProductDocument = InJson<Product>;

export const fromDocument = (document: ProductDocument): Product => ({
  ...document,
  createdAt: new Date(document.createdAt),
  updatedAt: new Date(document.updatedAt),
});
