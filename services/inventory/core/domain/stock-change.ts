import { currentVariant, findItem, itemOf, type Goods, type StockItem } from './stock.ts';

/** What staff want to change: a variant, or the one that has a SKU now. */
export type Target = { readonly sku: string } | { readonly variantId: string };

/** What a change is based on; anything if absent. */
export interface Expected {
  readonly version?: number | undefined;
  /** The value to be changed, as it was seen: other changes of the item do not matter. */
  readonly value?: number | undefined;
}

export type Decision = 'change' | 'unchanged' | 'conflict';

/** What is to be done about a value that someone wants to be another. One that is as wanted needs no change, whatever was expected. */
export const decideValue = (
  item: StockItem,
  before: number,
  wanted: number,
  expected: Expected,
): Decision => {
  if (wanted === before) return 'unchanged';
  return isAsExpected(item, before, expected) ? 'change' : 'conflict';
};

export const isAsExpected = ({ version }: StockItem, before: number, expected: Expected): boolean =>
  (expected.version ?? version) === version && (expected.value ?? before) === before;

/** The item that is meant. */
export const targetOf = (goods: Goods, target: Target): StockItem | undefined => {
  if ('variantId' in target) return findItem(goods, target.variantId);
  const shelf = goods.shelves.get(target.sku);
  const variant = currentVariant([...goods.variants.values()].filter(({ sku }) => sku === target.sku));
  return shelf && variant && itemOf(shelf, variant);
};
