import type { Money } from '#kernel/money.ts';
import type { AlertKind } from './kinds.ts';

/** How many products a user can watch. */
export const MOST_ALERTS = 100;

/** That a user wants one message about a product. */
export interface Alert {
  readonly userId: string;
  readonly variantId: string;
  readonly sku: string;
  /** When it is available again. */
  readonly isForStock: boolean;
  /** When it costs less than this; absent if the price does not matter. */
  readonly below?: Money | undefined;
}

/** What a user wants to know about a product, which is the kind of the message. */
export interface AlertPart {
  readonly kind: AlertKind;
  readonly variantId: string;
}

export const isWanted = (alert: Alert, { kind, variantId }: AlertPart): boolean =>
  alert.variantId === variantId &&
  (kind === 'stock.available' ? alert.isForStock : alert.below !== undefined);

/** The rest of an alert after a message of this kind; undefined if nothing is left. */
export const withoutPart = ({ below, ...alert }: Alert, kind: AlertKind): Alert | undefined => {
  if (kind === 'price.dropped') return alert.isForStock ? alert : undefined;
  return below && { ...alert, below, isForStock: false };
};

export const isLess = (price: Money, { below }: Pick<Alert, 'below'>): boolean =>
  below !== undefined && below.currency === price.currency && price.minor < below.minor;
