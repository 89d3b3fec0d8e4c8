import { refuse, type Refusal } from '#kernel/result.ts';

/** Of one user. */
export const MOST_WISHES = 200;

/** A product that a user would like to have. */
export interface Wish {
  readonly userId: string;
  readonly productId: string;
  readonly addedAt: Date;
}

export type TooManyWishes = Refusal<'TOO_MANY_WISHES'>;

export const TOO_MANY_WISHES = refuse(
  'TOO_MANY_WISHES',
  `Your wish list has ${MOST_WISHES} products already.`,
);
