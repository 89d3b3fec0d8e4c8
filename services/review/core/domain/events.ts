import type { ProductRating } from './rating.ts';
import type { Review } from './review.ts';

/** Integration events. */
export type Publication =
  | { readonly type: ReviewEvent; readonly review: Review }
  | { readonly type: 'review.rating_changed'; readonly rating: ProductRating };

export type ReviewEvent =
  'review.created' | 'review.updated' | 'review.approved' | 'review.rejected' | 'review.deleted';
