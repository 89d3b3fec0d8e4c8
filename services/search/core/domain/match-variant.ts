import { skuKey } from '../analysis/words.ts';
import type { Filters } from './filters.ts';
import type { Listing, Product, Variant } from './listing.ts';
import { isInRange, readMeasure } from './measure.ts';

/** True if one variant meets all filters that are about variants. */
const meets = (variant: Variant, isAvailable: boolean, filters: Filters): boolean => {
  const { attributes, ranges, price, currency, inStock } = filters;
  return (
    [...(attributes ?? [])].every(([name, values]) => values.includes(variant.attributes[name] ?? '')) &&
    [...(ranges ?? [])].every(([name, some]) =>
      isInRange(readMeasure(variant.attributes[name] ?? ''), some),
    ) &&
    variant.price >= (price?.min ?? 0) &&
    variant.price <= (price?.max ?? Infinity) &&
    (currency === undefined || variant.currency === currency) &&
    (inStock !== true || isAvailable)
  );
};

/**
 * The variant to show: one that meets the filters, if possible the one whose SKU was asked for, otherwise one that can be
 * ordered, otherwise the cheapest.
 */
export const matchVariant = (
  { variants }: Product,
  { available }: Pick<Listing, 'available'>,
  filters: Filters,
  askedSku?: string,
): Variant | undefined => {
  const matching = variants.filter((variant) => meets(variant, available.has(variant.sku), filters));
  const rank = (variant: Variant): number =>
    (skuKey(variant.sku) === askedSku ? 0 : 2) + (available.has(variant.sku) ? 0 : 1);
  return (matching.length > 0 ? matching : variants).toSorted(
    (a, b) => rank(a) - rank(b) || a.price - b.price,
  )[0];
};
