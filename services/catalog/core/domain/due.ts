import { isVisible, nextStageChange } from './lifecycle.ts';
import { nextPriceChange } from './price.ts';
import type { Product } from './product.ts';

/** The earliest moment after the last change at which customers see the product differently; it is then due to be saved again. */
export const dueAtOf = (product: Product): Date | undefined => {
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
