import type { Alert, AlertPart } from '../domain/alert.ts';

/** Lists are sorted by user. */
export interface AlertQueries {
  ofUser(userId: string): Promise<readonly Alert[]>;
  /** @param after the last user of the page before */
  forStock(sku: string, after: string | undefined, limit: number): Promise<readonly Alert[]>;
  forPrice(variantId: string, after: string | undefined, limit: number): Promise<readonly Alert[]>;
  /** Of these SKUs, those whose stock is watched. */
  skusWatched(skus: readonly string[]): Promise<ReadonlySet<string>>;
  /** Of these variants, those whose price is watched. */
  pricesWatched(variantIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface AlertRepository extends AlertQueries {
  /** Replaces the alert of the user about the product. */
  put(alert: Alert): Promise<void>;
  /**
   * Ends the part of an alert that a message serves. False if it had ended: of several units at once, one ends it, and the others
   * wait for that one or start again.
   */
  end(userId: string, part: AlertPart): Promise<boolean>;
  remove(userId: string, variantId: string): Promise<void>;
}
