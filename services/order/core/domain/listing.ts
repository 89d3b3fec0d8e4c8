import { toDecimal } from '#kernel/money.ts';
import { openCases, type CaseKind } from './cases.ts';
import { inCurrency, type Order, type PaymentState, type Status } from './order.ts';
import { readOrderNumber } from './order-number.ts';
import { mentionedIn, type StaffFile } from './staff-file.ts';

/** How staff find orders: filters, views and sort orders, which every store applies alike. */

export interface OrderFilter {
  /** A number, a SKU or a tracking number, or the beginning of the customer's name or e-mail address. */
  readonly q?: string | undefined;
  /** RFC 3339; `placedTo` is excluded. */
  readonly placedFrom?: string | undefined;
  readonly placedTo?: string | undefined;
  /** Decimals, of whatever currency; both are included. */
  readonly totalMin?: number | undefined;
  readonly totalMax?: number | undefined;
  readonly statuses?: readonly Status[] | undefined;
  readonly paymentStatus?: PaymentState['status'] | undefined;
  readonly openCase?: CaseKind | 'any' | undefined;
  /** Whether staff hold its parcel. */
  readonly isOnHold?: boolean | undefined;
  readonly carrier?: string | undefined;
  readonly country?: string | undefined;
  readonly userId?: string | undefined;
  /** As `normalizeTag` returns it. */
  readonly tag?: string | undefined;
  readonly assigneeId?: string | undefined;
  /** The ID of a staff member; orders with a note that mentions them. */
  readonly mentionedId?: string | undefined;
}

/** What staff look through every day. */
export const VIEWS = {
  all: {},
  pending: { statuses: ['pending'] },
  to_ship: { statuses: ['confirmed'], isOnHold: false },
  on_hold: { isOnHold: true },
  needs_you: { openCase: 'any' },
  shipped: { statuses: ['shipped'] },
  cancelled: { statuses: ['cancelled'] },
} as const satisfies Readonly<Record<string, OrderFilter>>;

export type View = keyof typeof VIEWS;

export const VIEW_NAMES = Object.keys(VIEWS).filter((name): name is View => name in VIEWS);

/** By what a list is sorted; orders of equal rank by their IDs. */
export const SORTS = {
  newest: { by: 'time', isAscending: false, valueOf: ({ placedAt }: Order) => placedAt },
  oldest: { by: 'time', isAscending: true, valueOf: ({ placedAt }: Order) => placedAt },
  updated: { by: 'time', isAscending: false, valueOf: ({ updatedAt }: Order) => updatedAt },
  total: { by: 'decimal', isAscending: false, valueOf: (order: Order) => totalOf(order) },
} as const;

export type OrderSort = keyof typeof SORTS;

/** The total as a decimal. */
export const totalOf = (order: Order): number => toDecimal(inCurrency(order.totalMinor, order));

/** Kinds of the open cases, each once. */
export const openKindsOf = (order: Order): readonly CaseKind[] => [
  ...new Set(openCases(order).map(({ kind }) => kind)),
];

/** Held, or to be held. */
export const isOnHold = ({ hold }: Pick<Order, 'hold'>): boolean => hold !== undefined;

const term = (
  kind: 'number' | 'email' | 'name' | 'sku' | 'tracking' | 'carrier' | 'country',
  value: string,
) => `${kind}:${value.normalize('NFKC').toLowerCase()}`;

/** What an order is found by. Terms are added when it is placed and when a parcel is sent; none is ever lost. */
export const termsOf = (order: Order): readonly string[] => [
  ...new Set([
    term('number', order.number),
    term('email', order.customer.email),
    term('name', order.customer.name),
    term('carrier', order.shipping.carrier),
    term('country', order.address.country),
    ...order.lines.map(({ sku }) => term('sku', sku)),
    ...order.parcels.map(({ trackingNumber }) => term('tracking', trackingNumber)),
  ]),
];

/** An order is found that has one of these terms, or one that begins with one of the prefixes. */
export interface Sought {
  readonly exact: readonly string[];
  readonly prefixes: readonly string[];
}

/** What the terms of a listed order must match: all of these. */
export const soughtBy = ({ q, carrier, country }: OrderFilter): readonly Sought[] => {
  const exactly = (...exact: readonly string[]): Sought => ({ exact, prefixes: [] });
  return [
    ...(carrier === undefined ? [] : [exactly(term('carrier', carrier))]),
    ...(country === undefined ? [] : [exactly(term('country', country))]),
    ...(q === undefined ? [] : [anyOf(q.trim())]),
  ];
};

const anyOf = (q: string): Sought => {
  const number = readOrderNumber(q);
  return {
    exact: [...(number === undefined ? [] : [term('number', number)]), term('sku', q), term('tracking', q)],
    prefixes: [term('email', q), term('name', q)],
  };
};

/** Whether a list with this filter has the order. @param file what staff keep with it */
export const isListed = (order: Order, filter: OrderFilter, file?: StaffFile): boolean => {
  const { placedFrom, placedTo, totalMin, totalMax, statuses, paymentStatus, openCase, userId } = filter;
  const open = openKindsOf(order);
  const terms = termsOf(order);
  const total = totalOf(order);
  return (
    (placedFrom === undefined || order.placedAt >= placedFrom) &&
    (placedTo === undefined || order.placedAt < placedTo) &&
    (totalMin === undefined || total >= totalMin) &&
    (totalMax === undefined || total <= totalMax) &&
    (statuses === undefined || statuses.includes(order.status)) &&
    (paymentStatus === undefined || order.payment.status === paymentStatus) &&
    (openCase === undefined || (openCase === 'any' ? open.length > 0 : open.includes(openCase))) &&
    (filter.isOnHold === undefined || filter.isOnHold === isOnHold(order)) &&
    (userId === undefined || order.customer.userId === userId) &&
    (filter.tag === undefined || file?.tags.includes(filter.tag) === true) &&
    (filter.assigneeId === undefined || file?.assignee?.userId === filter.assigneeId) &&
    (filter.mentionedId === undefined || (file && mentionedIn(file).includes(filter.mentionedId)) === true) &&
    soughtBy(filter).every(({ exact, prefixes }) =>
      terms.some((one) => exact.includes(one) || prefixes.some((prefix) => one.startsWith(prefix))),
    )
  );
};
