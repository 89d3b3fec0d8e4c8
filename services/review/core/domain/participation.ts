/** That a customer has voted on a review or reported it, so that both are found when the customer leaves. */
export interface Participation {
  readonly id: string;
  /** Counts changes from 1. */
  readonly revision: number;
  readonly userId: string;
  readonly reviewId: string;
}
