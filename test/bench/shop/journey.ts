import { rate, type Figure, type Floor } from '../figures.ts';
import { measure } from '../load.ts';
import { itemFor } from './products.ts';
import { SHOPPERS_AT_ONCE, type BenchProcess, type ShopUnderLoad } from './under-load.ts';

/** Prepared shoppers with a card; further ones are created on demand. */
const WAITING_PER_SECOND = 60;

/** From an empty cart to a confirmed order, each by a different shopper, with the CPU time per order. */
export const measureJourneys = async (
  { shoppers, items, processes }: ShopUnderLoad,
  seconds: number,
  floor: Floor,
  /** The CPU time of a bare HTTP request. */
  request?: Floor,
): Promise<readonly Figure[]> => {
  const waiting = [...(await shoppers.make(Math.ceil(seconds * WAITING_PER_SECOND)))];
  const before = processes.map(({ cpuMs }) => cpuMs());
  const journeys = await measure({ workers: SHOPPERS_AT_ONCE, seconds }, async (turn) => {
    const shopper = waiting.pop() ?? (await shoppers.make(1))[0];
    if (!shopper) throw new Error('there are no shoppers');
    await shoppers.add(shopper, itemFor(items, turn));
    const orderId = await shoppers.place(shopper, await shoppers.quote(shopper));
    await shoppers.confirmed(shopper, orderId);
  });
  const spent = processes.map((one, index) => ({
    ...one,
    ms: (one.cpuMs() - (before[index] ?? 0)) / journeys.count,
  }));
  return [rate('journey: cart, quote, order, confirmed', journeys, { floor }), ...cpuFigures(spent, request)];
};

const cpuFigures = (
  spent: readonly (BenchProcess & { readonly ms: number })[],
  request: Floor | undefined,
): readonly Figure[] =>
  [...Map.groupBy(spent, ({ group }) => group)].flatMap(([group, members]) => {
    const floor = request === undefined ? {} : { floor: request };
    const cpu = (what: string, value: number): Figure => ({ what, value, unit: 'ms CPU', ...floor });
    const together = members.reduce((sum, { ms }) => sum + ms, 0);
    return [
      cpu(`per journey: ${group}`, together),
      ...(members.length > 1 ? members.map(({ name, ms }) => cpu(`  ${name}`, ms)) : []),
    ];
  });

/** What the shop's own processes hold right now. */
export const memoryFigures = ({ processes }: ShopUnderLoad): readonly Figure[] => {
  const held = processes.flatMap(({ name, residentMib }) =>
    residentMib ? [{ what: `memory: ${name}`, value: residentMib(), unit: 'MiB' } as const] : [],
  );
  const value = held.reduce((sum, one) => sum + one.value, 0);
  return held.length > 1 ? [{ what: 'memory: services together', value, unit: 'MiB' }, ...held] : held;
};
