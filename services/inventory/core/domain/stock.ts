/** Units of one SKU in the warehouse, whatever its current variant. Always 0 ≤ reserved ≤ stock. */
export interface Shelf {
  readonly sku: string;
  /** Units in the warehouse. */
  readonly stock: number;
  /** Of these, units reserved for orders. */
  readonly reserved: number;
  /** Stock is low at this number of available units or below. */
  readonly lowStockThreshold: number;
  /** Counts changes from 1. */
  readonly version: number;
}

/**
 * A variant of the catalog. Several may have the same SKU, one after another: a SKU that disappears and comes
 * back, with any id and product, is the same goods on the same shelf.
 */
export interface Variant {
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  /** No longer in its product: nothing new is reserved, existing reservations stay. */
  readonly withdrawn: boolean;
}

/** A variant with its shelf. */
export interface StockItem extends Shelf, Variant {}

export const itemOf = (shelf: Shelf, variant: Variant): StockItem => ({ ...shelf, ...variant });

/** The shelf of an item. */
export const shelfOf = ({ sku, stock, reserved, lowStockThreshold, version }: Shelf): Shelf => ({
  sku,
  stock,
  reserved,
  lowStockThreshold,
  version,
});

/** Shelves by SKU, and variants by id. */
export interface Goods {
  readonly shelves: ReadonlyMap<string, Shelf>;
  readonly variants: ReadonlyMap<string, Variant>;
}

/** The item of a variant. */
export const findItem = ({ shelves, variants }: Goods, variantId: string): StockItem | undefined => {
  const variant = variants.get(variantId);
  const shelf = variant && shelves.get(variant.sku);
  return shelf && itemOf(shelf, variant);
};

/** The variant of a SKU that is on sale, or else the newest. */
export const currentVariant = (variants: readonly Variant[]): Variant | undefined => {
  const newestFirst = variants.toSorted((a, b) => (a.variantId < b.variantId ? 1 : -1));
  return newestFirst.find(({ withdrawn }) => !withdrawn) ?? newestFirst[0];
};

export type StockStatus = 'in_stock' | 'low' | 'sold_out';

/** Units that can be reserved. */
export const availableOf = ({ stock, reserved, withdrawn }: StockItem): number =>
  withdrawn ? 0 : stock - reserved;

export const statusOf = (item: StockItem): StockStatus => {
  const available = availableOf(item);
  if (available === 0) return 'sold_out';
  return available <= item.lowStockThreshold ? 'low' : 'in_stock';
};

/** Units added; negative if removed. */
export interface Movement {
  readonly stock?: number;
  readonly reserved?: number;
}

/** The item after a movement. Throws if it violates 0 ≤ reserved ≤ stock, which is a bug of the caller. */
export const move = (item: StockItem, { stock = 0, reserved = 0 }: Movement): StockItem => {
  const moved = { ...item, stock: item.stock + stock, reserved: item.reserved + reserved };
  if (moved.reserved < 0 || moved.reserved > moved.stock)
    throw new RangeError(`${item.sku}: ${moved.reserved} of ${moved.stock} units would be reserved`);
  return { ...moved, version: item.version + 1 };
};

/** True if a change made the first unit available, or took the last. */
export const changedAvailability = (before: Shelf, after: Shelf): boolean =>
  isAvailable(before) !== isAvailable(after);

/** True if a unit can be reserved, by whichever variant is on sale. */
export const isAvailable = ({ stock, reserved }: Shelf): boolean => stock > reserved;

/** True if a change brought the available units to the threshold or below. */
export const fellLow = (before: StockItem, after: StockItem): boolean =>
  availableOf(before) > before.lowStockThreshold && availableOf(after) <= after.lowStockThreshold;
