/** What a variant in an import file says about its stock. */
export interface StockChange {
  /** Units added; negative if removed. */
  readonly delta: number;
  /** The name of the file by default. */
  readonly reason?: string;
}

/** A change of the stock of a SKU, which the inventory makes once per ID. */
export interface StockAdjustment extends StockChange {
  readonly id: string;
  readonly sku: string;
}

/** An adjustment by a row of a file. */
export interface RowAdjustment extends StockAdjustment {
  /** The number of the row. */
  readonly row: number;
  /** Why the inventory has refused it. */
  readonly refusal?: string;
}
