/** How customers have rated a product. */
export interface Rating {
  /** From 1 to 5, with two decimals; 0 without reviews. */
  readonly average: number;
  /** Reviews that count. */
  readonly count: number;
}

/** A rating as it was published. It is apart from the product: reviews change no version that staff edit. */
export interface ProductRating extends Rating {
  readonly productId: string;
  /** Counts changes of the rating: the highest version wins. */
  readonly version: number;
}
