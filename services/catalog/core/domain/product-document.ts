import type { Product } from './product.ts';

/** How a product stands in JSON: as it is, but for dates, which JSON does not know. */
export interface ProductDocument extends Omit<Product, 'createdAt' | 'updatedAt'> {
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const fromDocument = (document: ProductDocument): Product => ({
  ...document,
  createdAt: new Date(document.createdAt),
  updatedAt: new Date(document.updatedAt),
});
