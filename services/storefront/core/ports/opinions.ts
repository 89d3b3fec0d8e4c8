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
  /** Of a product that the customer has received. Returns whether it can be seen at once. */
  writeReview(productId: string, review: NewReview): Promise<Result<PostState, Refused>>;
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
}

export interface OwnReview extends NewReview {
  readonly productId: string;
  readonly at: Date;
  readonly state: PostState;
}

export interface OwnReviews {
  readonly items: readonly OwnReview[];
  readonly next: string | undefined;
}
