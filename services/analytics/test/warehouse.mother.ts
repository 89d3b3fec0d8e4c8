import { systemIds } from '#adapters/system/ids.ts';
import { uuidv7 } from '#kernel/ids.ts';
import type { FactOf } from '../core/domain/fact.ts';
import type { Period } from '../core/domain/period.ts';

/** The first three days of March, in UTC. */
export const MARCH: Period = {
  bounds: ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].map((day) => new Date(day)),
};

export const productId = (number: number): string =>
  `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`;

export const shopperId = (number: number): string =>
  `0190a000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const anOrder = (at: string, change: Partial<FactOf<'order'>> = {}): FactOf<'order'> => ({
  kind: 'order',
  factId: systemIds.next(),
  at: new Date(at),
  orderId: systemIds.next(),
  currency: 'EUR',
  totalMinor: 2_490,
  taxMinor: 398,
  shippingMinor: 490,
  lines: [{ productId: productId(1), variantId: productId(101), quantity: 2, totalMinor: 2_000 }],
  ...change,
});

export const surchargeOf = (at: string): FactOf<'surcharge'> => ({
  kind: 'surcharge',
  factId: systemIds.next(),
  at: new Date(at),
  orderId: systemIds.next(),
  currency: 'EUR',
  totalMinor: 500,
  taxMinor: 80,
});

export const cancellationOf = (
  { orderId }: Pick<FactOf<'order'>, 'orderId'>,
  at: string,
): FactOf<'cancellation'> => ({
  kind: 'cancellation',
  factId: systemIds.next(),
  at: new Date(at),
  orderId,
});

export const refundOf = (
  { orderId, currency }: FactOf<'order'>,
  at: string,
  amountMinor: number,
): FactOf<'refund'> => ({
  kind: 'refund',
  factId: systemIds.next(),
  at: new Date(at),
  orderId,
  currency,
  amountMinor,
});

export const viewsOf = (number: number, at: string, views: number): FactOf<'views'> => ({
  kind: 'views',
  factId: systemIds.next(),
  at: new Date(at),
  productId: productId(number),
  views,
});

/** How many units of a SKU there are at a time, which its version tells as well. @param variant of the SKU, if not the first */
export const countOf = (
  number: number,
  at: string,
  onHand: number,
  variant = 100 + number,
): FactOf<'count'> => ({
  kind: 'count',
  factId: systemIds.next(),
  at: new Date(at),
  sku: `SKU-${number}`,
  productId: productId(number),
  variantId: productId(variant),
  version: Date.parse(at) / 1_000,
  onHand,
});

/** The ID of a visit that began then. */
export const visitAt = (at: string, number = 1): string =>
  uuidv7(
    Date.parse(at),
    Uint8Array.from({ length: 10 }, (_, index) => (index === 9 ? number : 0)),
  );

export const viewIn = (
  sessionId: string,
  number: number,
  at: string,
  source: FactOf<'views'>['source'] = 'direct',
): FactOf<'views'> => ({ ...viewsOf(number, at, 1), sessionId, source });

export const searchIn = (
  sessionId: string,
  term: string | undefined,
  hits: number,
  at: string,
): FactOf<'search'> => ({
  kind: 'search',
  factId: systemIds.next(),
  at: new Date(at),
  sessionId,
  term,
  hits,
});

export const stepIn = (
  sessionId: string,
  step: FactOf<'step'>['step'],
  at: string,
  orderId?: string,
): FactOf<'step'> => ({ kind: 'step', factId: systemIds.next(), at: new Date(at), sessionId, step, orderId });

export const confirmationOf = (
  { orderId }: Pick<FactOf<'order'>, 'orderId'>,
  at: string,
): FactOf<'confirmation'> => ({ kind: 'confirmation', factId: systemIds.next(), at: new Date(at), orderId });
