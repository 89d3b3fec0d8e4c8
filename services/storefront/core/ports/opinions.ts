import type { Result } from '#kernel/result.ts';
import type { Refused } from './values.ts';

/** What the shop's API does about what customers write about products, apart from showing reviews. */
export interface Opinions {
  /** The newest first; none if they are unknown. */
  questions(productId: string): Promise<readonly Question[]>;
  /** Returns whether it can be seen at once. */
  ask(productId: string, text: string): Promise<Result<PostState, Refused>>;
  /** In any state, the newest first. */
  ownReviews(userId: string, cursor: string | undefined): Promise<OwnReviews>;
  /** The customer's review of a product, in any state. */
  ownReview(userId: string, productId: string): Promise<OwnReview | undefined>;
  /** Of a product that the customer has received. Returns whether it can be seen at once. */
  writeReview(productId: string, review: NewReview): Promise<Result<PostState, Refused>>;
  /**
   * Replaces the customer's own review.
   * @param version that is changed; refused if the review has another one meanwhile
   */
  changeReview(reviewId: string, version: number, review: NewReview): Promise<Result<PostState, Refused>>;
  deleteReview(reviewId: string): Promise<Result<undefined, Refused>>;
  /** Returns the ID of the media. Media that no review shows is deleted after a day. */
  uploadPicture(file: AsyncIterable<Uint8Array>): Promise<Result<string, Refused>>;
  /** The address of a small picture of media, for its owner; undefined if there is none. */
  thumbnail(mediaId: string): Promise<string | undefined>;
}

/** What waits is seen by a moderator first. */
export type PostState = 'pending' | 'approved' | 'rejected';

export interface Question {
  readonly text: string;
  readonly author: string;
  readonly at: Date;
  readonly answers: readonly {
    readonly text: string;
    readonly author: string;
    /** Whether it speaks for the shop. */
    readonly isOfShop: boolean;
  }[];
}

export interface NewReview {
  /** 1 to 5. */
  readonly stars: number;
  readonly title: string;
  readonly text: string;
  /** Pictures and videos that the customer has uploaded. */
  readonly mediaIds: readonly string[];
}

export interface OwnReview extends NewReview {
  readonly reviewId: string;
  readonly version: number;
  readonly productId: string;
  readonly at: Date;
  readonly state: PostState;
}

export interface OwnReviews {
  readonly items: readonly OwnReview[];
  readonly next: string | undefined;
}
