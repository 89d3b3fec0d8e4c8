import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Participation } from '../domain/participation.ts';
import type { Purchase } from '../domain/purchase.ts';
import type { Awaited, Question } from '../domain/question.ts';
import type { Histogram } from '../domain/rating.ts';
import type { ListedReview, Reason, Review, Status } from '../domain/review.ts';

export type Sort = 'newest' | 'helpful' | 'highest' | 'lowest';

export interface ReviewPageRequest extends PageRequest {
  readonly productId: string;
  readonly sort: Sort;
  /** Only those with so many stars. */
  readonly rating?: number | undefined;
}

export interface OwnPageRequest extends PageRequest {
  readonly userId: string;
  /** Only that of this product. */
  readonly productId?: string | undefined;
}

export interface QueueRequest extends PageRequest {
  /** Those that wait for a moderator when absent. */
  readonly status?: Exclude<Status, 'deleted'> | undefined;
  readonly reason?: Reason | undefined;
}

/** Reads of committed reviews. Deleted ones do not exist, except for `newestOf`. */
export interface ReviewQueries {
  find(id: string): Promise<Review | undefined>;
  /** Approved reviews of a product. */
  page(request: ReviewPageRequest): Promise<PageResult<ListedReview>>;
  /** A customer's own reviews in any state, newest first. */
  ofUser(request: OwnPageRequest): Promise<PageResult<ListedReview>>;
  /** For moderators, oldest first. */
  queue(request: QueueRequest): Promise<PageResult<ListedReview>>;
  /** How many approved reviews of a product have each number of stars, at the same cost for any number of reviews. */
  histogram(productId: string): Promise<Histogram>;
  /** The newest reviews of a customer, deleted ones included. */
  newestOf(userId: string, limit: number): Promise<readonly ListedReview[]>;
  /** Reviews written since then that are likely to have similar sketches: the newest `limit`, or a few times as many. */
  similar(sketch: readonly number[], since: string, limit: number): Promise<readonly ListedReview[]>;
  /** Reviews in any state, by ID. */
  all(after: string | undefined, limit: number): Promise<readonly ListedReview[]>;
}

/** Reads of committed questions. */
export interface QuestionQueries {
  /** Visible questions about a product, newest first. */
  page(request: PageRequest & { readonly productId: string }): Promise<PageResult<Question>>;
  /** Those that the person asked or answered, the newest questions first, at most `limit`. */
  ofPerson(userId: string, limit: number): Promise<readonly Question[]>;
  /** Those that wait, oldest first. */
  waiting(request: PageRequest & { readonly awaited: Awaited }): Promise<PageResult<Question>>;
}

export interface ParticipationQueries {
  /** The customer's, at most `limit`, in no order. */
  ofUser(userId: string, limit: number): Promise<readonly Participation[]>;
}

export interface PurchaseQueries {
  /** An order that entitles the customer to review the product. */
  entitling(userId: string, productId: string): Promise<Purchase | undefined>;
  /** The customer's orders, at most `limit`, in no order. */
  ofUser(userId: string, limit: number): Promise<readonly Purchase[]>;
  /** Those that exist, by ID. */
  findAll(orderIds: readonly string[]): Promise<ReadonlyMap<string, Purchase>>;
}
