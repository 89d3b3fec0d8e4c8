import { paidIn } from './counting.ts';
import type { Fact } from './fact.ts';
import { bucketOf, type Period } from './period.ts';

/** Paid orders that were placed at one time, with what their customers had ordered before. */
export interface PaidOrders {
  readonly placed: Date;
  readonly orders: number;
  /** When the customer's first paid order was placed. Undefined for guests and erased accounts. */
  readonly first?: Date | undefined;
  /** When the one before this was placed. Undefined for the first. */
  readonly previous?: Date | undefined;
}

/** Paid orders, by whether their customers had ordered before. */
export interface Customers {
  readonly firstOrders: number;
  readonly repeatOrders: number;
  readonly guestOrders: number;
}

export interface BucketCustomers extends Customers {
  /** Index in the period. */
  readonly bucket: number;
}

/** Customers whose first paid order was in one bucket, and who ordered in another. */
export interface Returning {
  /** Index in the period of the first order. */
  readonly cohort: number;
  /** Index in the period; that of the cohort for all its customers. */
  readonly bucket: number;
  readonly customers: number;
}

export const NO_CUSTOMERS: Customers = { firstOrders: 0, repeatOrders: 0, guestOrders: 0 };

/** An order of a customer. */
export interface OrderOf {
  readonly orderId: string;
  readonly placed: Date;
}

/** The paid orders of one customer, each with what came before it. Of orders at the same time, that of the smaller ID came first. */
export const historyOf = (orders: readonly OrderOf[]): readonly (PaidOrders & OrderOf)[] => {
  const inOrder = orders.toSorted(
    (a, b) => a.placed.getTime() - b.placed.getTime() || (a.orderId < b.orderId ? -1 : 1),
  );
  return inOrder.map((order, index) => ({
    ...order,
    orders: 1,
    first: inOrder[0]?.placed,
    previous: inOrder[index - 1]?.placed,
  }));
};

/** The paid orders in these facts, of which each is there once. */
export const paidOrdersIn = (facts: readonly Fact[]): readonly PaidOrders[] => {
  const isPaid = paidIn(facts);
  const paid = facts.flatMap((fact) =>
    fact.kind === 'order' && isPaid(fact.orderId)
      ? [{ orderId: fact.orderId, placed: fact.at, shopper: fact.shopper }]
      : [],
  );
  return [...Map.groupBy(paid, ({ shopper }) => shopper)].flatMap(
    ([shopper, orders]): readonly PaidOrders[] =>
      shopper === undefined ? orders.map(({ placed }) => ({ placed, orders: 1 })) : historyOf(orders),
  );
};

export const addCustomers = (one: Customers, other: Customers): Customers => ({
  firstOrders: one.firstOrders + other.firstOrders,
  repeatOrders: one.repeatOrders + other.repeatOrders,
  guestOrders: one.guestOrders + other.guestOrders,
});

const customersOf = ({ first, previous, orders }: PaidOrders): Customers => {
  if (first === undefined) return { ...NO_CUSTOMERS, guestOrders: orders };
  return previous === undefined
    ? { ...NO_CUSTOMERS, firstOrders: orders }
    : { ...NO_CUSTOMERS, repeatOrders: orders };
};

/** Buckets with paid orders, ascending. */
export const customersIn = (paid: readonly PaidOrders[], period: Period): readonly BucketCustomers[] =>
  [...Map.groupBy(paid, ({ placed }) => bucketOf(period, placed))]
    .flatMap(([bucket, found]) =>
      bucket === undefined ? [] : [{ bucket, ...found.map(customersOf).reduce(addCustomers) }],
    )
    .sort((a, b) => a.bucket - b.bucket);

/**
 * Customers by the bucket of their first paid order, and by each bucket in which they ordered; ascending. In a bucket, a customer is counted with
 * their first order in it.
 */
export const returningIn = (paid: readonly PaidOrders[], period: Period): readonly Returning[] => {
  const counts = new Map<string, Returning>();
  for (const { placed, first, previous, orders } of paid) {
    const [cohort, bucket] = [first && bucketOf(period, first), bucketOf(period, placed)];
    if (cohort === undefined || bucket === undefined) continue;
    if (previous !== undefined && bucketOf(period, previous) === bucket) continue;
    const key = `${cohort} ${bucket}`;
    counts.set(key, { cohort, bucket, customers: (counts.get(key)?.customers ?? 0) + orders });
  }
  return [...counts.values()].sort((a, b) => a.cohort - b.cohort || a.bucket - b.bucket);
};

/** The share of orders of known customers who had ordered before; undefined if there are none. */
export const repeatRate = ({ firstOrders, repeatOrders }: Customers): number | undefined =>
  firstOrders + repeatOrders === 0 ? undefined : repeatOrders / (firstOrders + repeatOrders);
