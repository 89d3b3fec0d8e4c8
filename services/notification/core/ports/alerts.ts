import type { Alert } from '../domain/alert.ts';

/** Lists are sorted by user. */
export interface AlertQueries {
  ofUser(userId: string): Promise<readonly Alert[]>;
  /** @param after the last user of the page before */
  forStock(sku: string, after: string | undefined, limit: number): Promise<readonly Alert[]>;
  forPrice(variantId: string, after: string | undefined, limit: number): Promise<readonly Alert[]>;
}

export interface AlertRepository extends AlertQueries {
  /** Replaces the alert of the user about the product. */
  put(alert: Alert): Promise<void>;
  remove(userId: string, variantId: string): Promise<void>;
}
