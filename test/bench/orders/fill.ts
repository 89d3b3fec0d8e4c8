import { systemIds } from '#adapters/system/ids.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { DAY, MINUTE } from '#kernel/clock.ts';
import type { OrderCommand } from '#order/core/domain/commands.ts';
import type { OrderEvent } from '#order/core/domain/events.ts';
import { newOrderNumber } from '#order/core/domain/order-number.ts';
import { emptyFile } from '#order/core/domain/staff-file.ts';
import {
  aLine,
  AUTHORIZED,
  CANCEL,
  CAPTURED,
  DISPATCHED,
  HOLD,
  held,
  historyOf,
  moved,
  orderOf,
  placed,
  RESERVED,
} from '#order/test/order.mother.ts';
import { orderUnits } from '../distributed/order-commits.ts';
import { randomFrom } from '../search/products.ts';

export const CUSTOMERS = 20_000;
export const SKUS = 2_000;
export const MEMBER = { userId: '01900000-0000-7000-8000-0000000000a1', name: 'Anna Adams' };
/** Of 2 % of the orders. */
export const TAG = 'gift';

const BATCH = 500;
const YEARS_MS = 730 * DAY;
const FIRST = 'Ada Ben Cleo Dan Eve Finn Gail Hugo Ida Jon'.split(' ');
const LAST = 'Abel Brook Clark Drew Ellis Frost Gray Hill Irwin Joyce'.split(' ');

export const nameOf = (customer: number): string =>
  `${FIRST[customer % FIRST.length]} ${LAST[Math.floor(customer / FIRST.length) % LAST.length]}`;
export const emailOf = (customer: number): string => `customer-${customer}@example.com`;
export const skuOf = (product: number): string => `SKU-${product}`;
export const trackingOf = (order: number): string => `JD${String(order).padStart(12, '0')}`;

/** What has happened to orders, with the share of them in percent. */
const courses = (tracking: string): readonly (readonly [number, readonly OrderCommand[]])[] => {
  const sent: readonly OrderCommand[] = [
    RESERVED,
    AUTHORIZED,
    CAPTURED,
    { ...DISPATCHED, parcel: { ...DISPATCHED.parcel, trackingNumber: tracking } },
  ];
  return [
    [76, [...sent, moved('delivered')]],
    [8, sent],
    [7, [RESERVED, AUTHORIZED, CAPTURED]],
    [5, [CANCEL]],
    [2, []],
    [1, [...sent, moved('lost')]],
    [1, [RESERVED, AUTHORIZED, CAPTURED, HOLD, held()]],
  ];
};

/** Fills the order service's tables by its repositories, with `count` orders of two years: the same but for their IDs in each run. */
export const fillOrders = async (database: SqlDatabase, count: number): Promise<void> => {
  const units = orderUnits(database, 'orders');
  const random = randomFrom(11);
  const below = (limit: number): number => Math.floor(random() * limit);
  const from = Date.now() - YEARS_MS;

  const historyAt = (at: number): readonly OrderEvent[] => {
    const orderId = systemIds.next();
    const customer = below(CUSTOMERS);
    const price = 500 + below(20_000);
    const quantity = 1 + below(3);
    const totalMinor = price * quantity;
    const placedAt = from + Math.floor((at / count) * YEARS_MS);
    const first = placed(
      {
        number: newOrderNumber(orderId),
        customer: { userId: systemIds.next(), email: emailOf(customer), name: nameOf(customer) },
        lines: [aLine({ sku: skuOf(below(SKUS)), quantity, priceMinor: price, totalMinor })],
        subtotalMinor: totalMinor,
        totalMinor,
        placedAt: new Date(placedAt).toISOString(),
        shipping: {
          ...{ optionId: 'x', service: 'Standard', priceMinor: 0, taxMinor: 0 },
          carrier: below(2) === 0 ? 'DHL' : 'UPS',
        },
      },
      orderId,
    );
    const drawn = below(100);
    let sum = 0;
    const [, commands = []] = courses(trackingOf(at)).find(([share]) => (sum += share) > drawn) ?? [];
    return historyOf(first, ...commands).map((event, index) => ({
      ...event,
      at: new Date(placedAt + index * 20 * MINUTE).toISOString(),
    }));
  };

  for (let start = 0; start < count; start += BATCH) {
    const histories = Array.from({ length: Math.min(BATCH, count - start) }, (_, index) =>
      historyAt(start + index),
    );
    await units.run(async ({ orders, files }) => {
      const changes = histories.map((events) => {
        const state = orderOf(events);
        return { id: state.orderId, state, version: events.length, events };
      });
      await orders.save(...changes);
      for (const [index, { id }] of changes.entries())
        if (index % 50 === 0)
          await files.save({ ...emptyFile(id), version: 1, tags: [TAG], assignee: MEMBER });
    });
  }
  await database.script('vacuum analyze');
};
