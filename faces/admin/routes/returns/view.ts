import { defined, oneOf, textOf } from '../../shared/search-params.ts';

export const STATES = [
  'requested',
  'approved',
  'received',
  'inspected',
  'awaiting_payment',
  'refunding',
  'refunded',
  'exchanging',
  'exchanged',
  'rejected',
  'cancelled',
] as const;

export type ReturnState = (typeof STATES)[number];

/** What the list shows, as it is in the URL. */
export interface ReturnsView {
  readonly state?: ReturnState | undefined;
  readonly after?: string | undefined;
}

export const parseReturnsView = (search: Record<string, unknown>): ReturnsView =>
  defined({ state: oneOf(STATES, search['state']), after: textOf(search['after'], 3_000) });
