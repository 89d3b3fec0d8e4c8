import { toDecimal } from '#kernel/money.ts';
import type { components } from '#openapi/generated/order.ts';
import { NOTHING, type CurrencyFigures, type Period, type Sums } from '../../core/domain/figures.ts';

type Schemas = components['schemas'];

const fromSums = ({ orders, grossMinor, refundedMinor }: Sums, currency: string): Schemas['OrderSums'] => ({
  orders,
  gross: toDecimal({ minor: grossMinor, currency }),
  refunded: toDecimal({ minor: refundedMinor, currency }),
});

/** @param earlier of the period before, if that is to be compared */
export const fromFigures = (
  timeZone: string,
  { days }: Period,
  current: readonly CurrencyFigures[],
  earlier: readonly CurrencyFigures[] | undefined,
): Schemas['OrderFigures'] => {
  const ended = earlier?.filter(({ currency }) => current.every((one) => one.currency !== currency)) ?? [];
  const all = [
    ...current,
    ...ended.map(({ currency }) => ({ currency, days: days.map(() => NOTHING), total: NOTHING })),
  ];
  return {
    time_zone: timeZone,
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
    currencies: all.map(({ currency, days: sums, total }) => {
      const before = earlier?.find((one) => one.currency === currency)?.total ?? NOTHING;
      return {
        currency,
        total: fromSums(total, currency),
        ...(earlier && { before: fromSums(before, currency) }),
        days: sums.map((sum, index) => ({ day: days[index] ?? '', ...fromSums(sum, currency) })),
      };
    }),
  };
};
