import { after, DAY } from '#kernel/clock.ts';
import type { Product } from './product.ts';

/** How long a product can be restored. */
export const TRASH_MS = 30 * DAY;

/** Hides a product from customers; its SKUs stay taken. */
export const moveToTrash = (product: Product, now: Date): Product => ({
  ...product,
  version: product.version + 1,
  deletedAt: now,
  updatedAt: now,
});

/** The product as it was before, at its place in its schedule. */
export const restored = ({ deletedAt: _, ...product }: Product, now: Date): Product => ({
  ...product,
  version: product.version + 1,
  updatedAt: now,
});

/** When a product is purged; undefined if it is not in the trash. */
export const purgedAt = ({ deletedAt }: Pick<Product, 'deletedAt'>): Date | undefined =>
  deletedAt && after(deletedAt, TRASH_MS);
