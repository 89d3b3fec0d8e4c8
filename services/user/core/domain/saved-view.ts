import { refuse, type Refusal } from '#kernel/result.ts';

/** Of one member of staff. */
export const MOST_VIEWS = 50;

/** Of one list, with those that others share. */
export const MOST_SHOWN = 200;

/** Filters, sort and columns of a list that a member of staff comes back to. */
export interface SavedView {
  /** Chosen by the client, so that a repeated request changes nothing. */
  readonly viewId: string;
  readonly ownerId: string;
  /** The name of the list: `orders`. */
  readonly list: string;
  readonly name: string;
  /** Search parameters of the list's page: `status=pending&sort=oldest`. */
  readonly query: string;
  /** All staff see it; only its owner changes it. */
  readonly isShared: boolean;
}

export type NoSuchView = Refusal<'VIEW_NOT_FOUND'>;
export type TooManyViews = Refusal<'TOO_MANY_VIEWS'>;

export const NO_SUCH_VIEW = refuse('VIEW_NOT_FOUND', 'You have no such view.');
export const TOO_MANY_VIEWS = refuse('TOO_MANY_VIEWS', `You have ${MOST_VIEWS} views already.`);
