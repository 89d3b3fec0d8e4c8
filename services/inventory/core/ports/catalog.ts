import type { Label } from '../domain/label.ts';

export interface Catalog {
  /**
   * The labels that the variants of these products have now, hidden products included. Unknown products have none.
   * Throws if the catalog cannot tell.
   */
  labels(productIds: readonly string[]): Promise<readonly Label[]>;
}
