import type { Refusal, Result } from '#kernel/result.ts';
import type { Offer } from '../domain/change.ts';

export interface Catalog {
  /** The name and price of the variant; undefined if it is not for sale. */
  offer(variantId: string): Promise<Result<Offer | undefined, Refusal<'UNAVAILABLE'>>>;
}

export interface Stock {
  /** Available units; undefined if the inventory is unavailable or does not know the variant yet. */
  available(variantId: string): Promise<number | undefined>;
}
