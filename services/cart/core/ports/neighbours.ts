import type { Refusal, Result } from '#kernel/result.ts';
import type { Offer } from '../domain/change.ts';

export interface Catalog {
  /** What the variant is called and costs; undefined when it is not sold. */
  offer(variantId: string): Promise<Result<Offer | undefined, Refusal<'UNAVAILABLE'>>>;
}

export interface Stock {
  /** Units that can be bought; undefined when the inventory does not answer or has not heard of the variant yet. */
  available(variantId: string): Promise<number | undefined>;
}
