import { isVisible, nextStageChange } from './lifecycle.ts';
import { nextPriceChange } from './price.ts';
import type { Product } from './product.ts';
import { purgedAt } from './trash.ts';

/**
 * The earliest moment after the last change at which customers see the product differently, so that it is due to be saved again;
 * in the trash, when it is due to be purged.
 */
export const dueAtOf = (product: Product): Date | undefined => {
  if (product.deletedAt) return purgedAt(product);
  const { variants, updatedAt } = product;
  const prices = isVisible(product, updatedAt)
    ? variants.map((variant) => nextPriceChange(variant, updatedAt))
    : [];
  const moments = [nextStageChange(product), ...prices].filter((moment) => moment !== undefined);
  return moments.reduce<Date | undefined>(
    (first, moment) => (first && first <= moment ? first : moment),
    undefined,
  );
};
