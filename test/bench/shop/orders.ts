import { setTimeout as pause } from 'node:timers/promises';
import { rate, type Aim, type Figure, type Floor } from '../figures.ts';
import { inParallel, summarize } from '../load.ts';
import { call } from './http.ts';
import { itemFor } from './products.ts';
import { SHOPPERS_AT_ONCE, type ShopUnderLoad } from './under-load.ts';

const LOOK_AGAIN_MS = 20;
const PATIENCE_MS = 120_000;

export interface BurstOptions {
  readonly orders: number;
  readonly floor: Floor;
  /** As a careful client does. */
  readonly hasKeys?: boolean;
  readonly aims?: { readonly accepted: Aim; readonly confirmed: Aim };
}

/** Orders placed in a burst, then watched until all are confirmed and shipped. */
export const measureBurst = async (
  shop: ShopUnderLoad,
  { orders, floor, hasKeys = false, aims }: BurstOptions,
): Promise<readonly Figure[]> => {
  const { shoppers, items } = shop;
  const ready = await inParallel(SHOPPERS_AT_ONCE, await shoppers.make(orders), async (shopper, turn) => {
    await shoppers.add(shopper, itemFor(items, turn));
    return { shopper, quote: await shoppers.quote(shopper) };
  });
  const placing: number[] = [];
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1_000;
  const placed = await inParallel(SHOPPERS_AT_ONCE, ready, async ({ shopper, quote }) => {
    const began = performance.now();
    const orderId = await shoppers.place(shopper, quote, hasKeys ? `order-${shopper.userId}` : undefined);
    placing.push(performance.now() - began);
    return { token: shopper.token, orderId };
  });
  const accepted = summarize(placing, elapsed());
  await allLeft(shop, ['pending']);
  const confirmed = orders / elapsed();
  await allLeft(shop, ['pending', 'confirmed']);
  const shipped = orders / elapsed();
  const lags = await inParallel(SHOPPERS_AT_ONCE, placed, ({ token, orderId }) =>
    lagOf(shop, token, orderId),
  );
  const { p50Ms, p95Ms, p99Ms } = summarize(lags, 1);
  return [
    rate('orders accepted', accepted, { floor, ...(aims && { aim: aims.accepted }) }),
    { what: 'orders confirmed', value: confirmed, unit: '/s', floor, ...(aims && { aim: aims.confirmed }) },
    { what: 'orders shipped', value: shipped, unit: '/s', floor },
    { what: 'events: placed → reserved → order knows', value: p50Ms, unit: 'ms', latencies: { p50Ms, p95Ms, p99Ms } },
  ]; // prettier-ignore
};

/** Resolves when no order is in one of these states. */
const allLeft = async ({ url, admin }: ShopUnderLoad, statuses: readonly string[]): Promise<void> => {
  const end = performance.now() + PATIENCE_MS;
  const isLeft = async (status: string): Promise<boolean> => {
    const page = await call<{ readonly items: readonly unknown[] }>(
      'GET',
      `${url}/api/v1/orders?status=${status}&limit=1`,
      { token: admin },
    );
    return page.items.length === 0;
  };
  for (const status of statuses)
    while (!(await isLeft(status))) {
      if (performance.now() > end) throw new Error(`orders remain ${status}`);
      await pause(LOOK_AGAIN_MS);
    }
};

/** How long the events were under way from the order to the stock reserved for it, and back; milliseconds. */
const lagOf = async ({ url }: ShopUnderLoad, token: string, orderId: string): Promise<number> => {
  const { timeline } = await call<{
    readonly timeline: readonly { readonly at: string; readonly detail: string }[];
  }>('GET', `${url}/api/v1/orders/${orderId}`, { token });
  const at = (detail: string): number =>
    Date.parse(timeline.find((entry) => entry.detail === detail)?.at ?? '');
  return at('Stock reserved') - at('Order placed');
};
