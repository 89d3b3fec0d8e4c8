import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Adjustment } from '../domain/adjustment.ts';
import type { Label } from '../domain/label.ts';
import type { Reservation } from '../domain/reservation.ts';
import type { Goods, Shelf, Variant } from '../domain/stock.ts';

/** The inventory's unit of work. Locks are taken in this order: products, then stock. */
export interface InventoryTx extends BaseTx {
  readonly products: ProductVersions;
  readonly stock: StockRepository;
  readonly labels: LabelRepository;
  readonly reservations: ReservationRepository;
  readonly adjustments: AdjustmentLog;
  /** SKUs whose availability was never published, because their stock is older than that event. */
  readonly unpublished: WaitingSkus;
  /** The same for their counts. */
  readonly uncounted: WaitingSkus;
  readonly unlabelled: UnlabelledVariants;
}

/** SKUs that wait for a sweep. */
export interface WaitingSkus {
  /** At most `limit`, in order. */
  first(limit: number): Promise<readonly string[]>;
  remove(skus: readonly string[]): Promise<void>;
}

/** Variants that are older than labels. */
export interface UnlabelledVariants {
  /** At most `limit`, in order of their IDs. */
  first(limit: number): Promise<readonly Variant[]>;
  remove(variantIds: readonly string[]): Promise<void>;
}

export interface StockSelection {
  readonly variantIds?: readonly string[];
  /** All variants that these products ever had. */
  readonly productIds?: readonly string[];
  readonly skus?: readonly string[];
}

export interface StockRepository {
  /**
   * The selected shelves that exist, locked until the unit ends, with the selected variants and, by product or SKU, all
   * their variants. May include shelves that the unit has already locked. All shelves of one call are locked in the order
   * of their SKUs. A store may guard a shelf by its version instead: the unit then fails with a `VersionConflict`.
   */
  lock(selection: StockSelection): Promise<Goods>;
  /** Shelves that are new or locked by the unit; the last save of each counts. */
  save(shelves: readonly Shelf[]): Promise<void>;
  /** Variants whose shelves are saved with them or exist. */
  saveVariants(variants: readonly Variant[]): Promise<void>;
}

export interface LabelRepository {
  /** In place of earlier ones; the last save of each counts. */
  save(labels: readonly Label[]): Promise<void>;
  /** Where there is none yet. */
  saveMissing(labels: readonly Label[]): Promise<void>;
}

export interface ReservationRepository {
  /** All attempts of these orders. */
  find(orderIds: readonly string[]): Promise<Reservation[]>;
  /** Throws `VersionConflict`, at the latest on commit, if another unit has changed the result of `find`. */
  save(reservations: readonly Reservation[]): Promise<void>;
}

/** The newest handled version of each product. */
export interface ProductVersions {
  /** Locked until the unit ends; 0 for an unknown product. */
  lock(productIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  save(versions: ReadonlyMap<string, number>): Promise<void>;
}

export interface AdjustmentLog {
  /** Those that other units have made, by ID. */
  find(adjustmentIds: readonly string[]): Promise<ReadonlyMap<string, Adjustment>>;
  /** New ones; of concurrent units that add the same, all but one fail with a `VersionConflict`. */
  add(adjustments: readonly Adjustment[]): Promise<void>;
}
