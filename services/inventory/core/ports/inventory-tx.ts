import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Adjustment } from '../domain/adjustment.ts';
import type { Reservation } from '../domain/reservation.ts';
import type { Goods, Shelf, Variant } from '../domain/stock.ts';

/** The inventory's unit of work. Locks are taken in this order: products, then stock. */
export interface InventoryTx extends BaseTx {
  readonly products: ProductVersions;
  readonly stock: StockRepository;
  readonly reservations: ReservationRepository;
  readonly adjustments: AdjustmentLog;
}

export interface StockSelection {
  readonly variantIds?: readonly string[];
  /** All variants that these ever had. */
  readonly productIds?: readonly string[];
  readonly skus?: readonly string[];
}

export interface StockRepository {
  /**
   * The shelves that are selected and exist, held until the unit ends, with every variant that stands for them; with
   * them may come what the unit holds already. All shelves of one call are locked in the order of their SKUs.
   */
  lock(selection: StockSelection): Promise<Goods>;
  /** Shelves that are new, or that the unit holds; the last state of each counts. */
  save(shelves: readonly Shelf[]): Promise<void>;
  /** Variants whose shelves are saved with them, or are there. */
  saveVariants(variants: readonly Variant[]): Promise<void>;
}

export interface ReservationRepository {
  /** All attempts of these orders. */
  find(orderIds: readonly string[]): Promise<Reservation[]>;
  /** Throws `VersionConflict`, at the latest at the commit, when somebody else has changed what `find` gave. */
  save(reservations: readonly Reservation[]): Promise<void>;
}

/** The newest version of each product that was heard of. */
export interface ProductVersions {
  /** Held until the unit ends; 0 for one not heard of. */
  lock(productIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  save(versions: ReadonlyMap<string, number>): Promise<void>;
}

export interface AdjustmentLog {
  add(adjustments: readonly Adjustment[]): Promise<void>;
}
