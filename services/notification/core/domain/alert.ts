import type { Money } from '#kernel/money.ts';

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

export const isLess = (price: Money, { below }: Pick<Alert, 'below'>): boolean =>
  below !== undefined && below.currency === price.currency && price.minor < below.minor;
