/** Why the screen lets a review wait for a moderator. */
export type ScreenReason =
  'link' | 'contact' | 'blocked_word' | 'near_duplicate' | 'flood' | 'author_rejected' | 'rejected_before';

/** What the screen looks at. Not the rating: the law forbids suppressing reviews because they are negative. */
export interface Submission {
  /** Absent from a new review. */
  readonly reviewId?: string;
  readonly authorId: string;
  /** Absent from a question and an answer. */
  readonly productId?: string;
  readonly title: string;
  readonly text: string;
}

export interface Screened {
  /** Empty if it can be published at once. */
  readonly reasons: readonly ScreenReason[];
  /** As `sketchOf` the text. */
  readonly sketch: readonly number[];
}
