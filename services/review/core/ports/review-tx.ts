import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Participation } from '../domain/participation.ts';
import type { Purchase } from '../domain/purchase.ts';
import type { Histogram, ProductRating } from '../domain/rating.ts';
import type { Question } from '../domain/question.ts';
import type { Review } from '../domain/review.ts';

/** The unit of work of reviews. On MongoDB it saves one object (`aggregatesPerUnit`), because there are no transactions. */
export interface ReviewTx extends BaseTx {
  readonly reviews: ReviewRepository;
  readonly purchases: Repository<Purchase>;
  readonly ratings: RatingRepository;
  readonly participations: ParticipationRepository;
  readonly questions: Repository<Question>;
}

export interface Repository<T> {
  find(id: string): Promise<T | undefined>;
  /**
   * Inserts revision 1, or replaces the revision before; throws `VersionConflict` if that does not exist, or if another object has
   * its unique name.
   */
  save(changed: T): Promise<void>;
}

export interface RatingRepository extends Repository<ProductRating> {
  /** As `find`; where the store has locks, other units that lock it wait for the end of this one instead of losing a race. */
  lock(productId: string): Promise<ProductRating | undefined>;
}

export interface ParticipationRepository extends Repository<Participation> {
  /** A customer has one per review. */
  of(userId: string, reviewId: string): Promise<Participation | undefined>;
}

export interface ReviewRepository extends Repository<Review> {
  /** A customer has one review per product, not counting deleted ones. */
  ofAuthor(userId: string, productId: string): Promise<Review | undefined>;
  /** Counts the approved reviews of a product; the time it takes grows with their number. */
  count(productId: string): Promise<Histogram>;
}
