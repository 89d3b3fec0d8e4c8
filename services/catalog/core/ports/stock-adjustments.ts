import type { Result } from '#kernel/result.ts';
import type { StockAdjustment } from '../domain/stock-adjustment.ts';

/** The stock, which the inventory keeps. */
export interface StockAdjustments {
  /**
   * Makes adjustments, each once per ID, however often it is sent. The outcomes are in the same order; a refusal says why.
   * Throws if the inventory is unavailable: some may then be made.
   * @param by the ID of the user who is responsible
   */
  make(
    adjustments: readonly Required<StockAdjustment>[],
    by: string,
  ): Promise<readonly Result<undefined, string>[]>;
}
