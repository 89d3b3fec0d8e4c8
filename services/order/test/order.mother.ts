import { systemIds } from '#adapters/system/ids.ts';
import { DAY } from '#kernel/clock.ts';
import { fold } from '#kernel/process.ts';
import type { Money } from '#kernel/money.ts';
import type { OrderCommand } from '../core/domain/commands.ts';
import { decide } from '../core/domain/decide.ts';
import { evolve } from '../core/domain/evolve.ts';
import type { Actor } from '../core/domain/actor.ts';
import type { Resolution } from '../core/domain/cases.ts';
import type { OrderEvent } from '../core/domain/events.ts';
import type { Address, Line, Order, Parcel, Placed } from '../core/domain/order.ts';
import type { ReturnTerms } from '../core/domain/returnable.ts';
import type { RefundWish } from '../core/domain/refunds.ts';

export const NOW = new Date('2026-03-01T12:00:00.000Z');
export const AT = NOW.toISOString();

export const aLine = (changes: Partial<Line> = {}): Line => ({
  productId: systemIds.next(),
  variantId: systemIds.next(),
  sku: 'KETTLE-1',
  name: 'Kettle (Red)',
  quantity: 2,
  priceMinor: 1_000,
  taxMinor: 380,
  totalMinor: 2_000,
  ...changes,
});

export const aPlaced = (changes: Partial<Placed> = {}): Placed => ({
  customer: { userId: systemIds.next(), email: 'sam@example.com', name: 'Sam Shopper' },
  cartId: systemIds.next(),
  cartVersion: 3,
  currency: 'EUR',
  lines: [aLine()],
  shipping: { optionId: 'dhl:express', carrier: 'DHL', service: 'Express', priceMinor: 500, taxMinor: 95 },
  address: { recipient: 'Sam', line1: 'Road 1', city: 'Berlin', postal_code: '10115', country: 'DE' },
  subtotalMinor: 2_000,
  taxMinor: 475,
  totalMinor: 2_975,
  paymentToken: 'tok_1',
  placedAt: AT,
  ...changes,
});

export const placed = (changes: Partial<Placed> = {}, orderId: string = systemIds.next()): OrderEvent => ({
  type: 'placed',
  orderId,
  placed: aPlaced(changes),
  at: AT,
});

export const PARCEL: Parcel = {
  shipmentId: '01900000-0000-7000-8000-00000000000a',
  carrier: 'DHL',
  trackingNumber: 'JD014',
  estimatedDelivery: '2026-03-03',
};

/** Returns are accepted for 30 days, of which none has passed. */
export const TERMS: ReturnTerms = { windowMs: 30 * DAY, now: NOW };

export const eur = (minor: number): Money => ({ minor, currency: 'EUR' });

/** Commands that bring a pending order to a state. */
export const RESERVED: OrderCommand = { type: 'stock-reserved', attempt: 1 };
export const AUTHORIZED: OrderCommand = { type: 'payment-authorized', brand: 'visa', last4: '4242' };
export const CAPTURED: OrderCommand = { type: 'payment-captured' };
export const DISPATCHED: OrderCommand & { type: 'parcel-dispatched' } = {
  type: 'parcel-dispatched',
  attempt: 1,
  parcel: PARCEL,
};
export const moved = (
  status: 'in_transit' | 'delivered' | 'lost' | 'returned',
  attempt = 1,
): OrderCommand => ({
  type: 'parcel-moved',
  attempt,
  status,
  detail: `The parcel is ${status}`,
});
export const CUSTOMER: Actor = { kind: 'customer', userId: '01900000-0000-7000-8000-0000000000c1' };
export const STAFF: Actor = { kind: 'staff', userId: '01900000-0000-7000-8000-0000000000d1' };
export const CANCEL: OrderCommand = { type: 'cancel', actor: CUSTOMER };
export const HOLD: OrderCommand = { type: 'hold', reason: 'check the address', actor: STAFF };
export const RELEASE: OrderCommand = { type: 'release', actor: STAFF };
export const SHIP: OrderCommand = { type: 'ship', actor: STAFF };
export const ELSEWHERE: Address = {
  recipient: 'Sam',
  line1: 'Road 2',
  city: 'Berlin',
  postal_code: '10115',
  country: 'DE',
};
export const READDRESS: OrderCommand & { type: 'change-address' } = {
  type: 'change-address',
  address: ELSEWHERE,
  actor: CUSTOMER,
};
export const readdressed = (correction = 1): OrderCommand => ({ type: 'parcel-readdressed', correction });
export const held = (instruction = 1): OrderCommand => ({ type: 'parcel-held', instruction });
export const resolve = (resolution: Resolution, caseId?: string, restock = false): OrderCommand => ({
  type: 'resolve-case',
  caseId,
  resolution,
  restock,
  actor: STAFF,
});
export const [REFUND, RESHIP, DISMISS] = [resolve('refund'), resolve('reship'), resolve('dismiss')] as const;
/** Staff refund part of an order. */
export const refund = (amountMinor: number, refundKey = 'r1'): OrderCommand & { type: 'refund' } => ({
  type: 'refund',
  refundKey,
  amount: eur(amountMinor),
  reason: 'goodwill',
  actor: STAFF,
});
/** Staff refund units of lines. */
export const refundLines = (
  refundKey: string,
  lines: RefundWish['lines'],
  shipping = false,
): OrderCommand & { type: 'refund-lines' } => ({
  type: 'refund-lines',
  refundKey,
  wish: { lines, shipping },
  reason: 'goodwill',
  actor: STAFF,
});
/** Payment has refunded it, or could not. */
export const refunded = (amountMinor: number, refundKey = 'r1', totalMinor = amountMinor): OrderCommand => ({
  type: 'payment-refunded',
  refundKey,
  amountMinor,
  totalMinor,
});
export const refundFailed = (
  amountMinor: number,
  refundKey = 'r1',
  reason = 'card_closed',
): OrderCommand => ({ type: 'refund-failed', refundKey, amountMinor, reason });

export const orderOf = (events: readonly OrderEvent[]): Order => {
  const order = fold<Order | undefined, OrderEvent>({ evolve }, events, undefined);
  if (!order) throw new Error('no events');
  return order;
};

/** History of a placed order after `commands`; a refusal fails the test. */
export const historyOf = (first: OrderEvent, ...commands: readonly OrderCommand[]): OrderEvent[] => {
  const history = [first];
  for (const command of commands) {
    const decision = decide(command, orderOf(history), NOW);
    if (!decision.ok) throw new Error(decision.error.code);
    history.push(...decision.value);
  }
  return history;
};

/** The state after that history. */
export const anOrder = (...commands: readonly OrderCommand[]): Order =>
  orderOf(historyOf(placed(), ...commands));

/** Orders in each state, after a history without detours. */
export const pending = (): Order => anOrder();
export const confirmed = (): Order => anOrder(RESERVED, AUTHORIZED);
export const captured = (): Order => anOrder(RESERVED, AUTHORIZED, CAPTURED);
export const shipped = (...commands: readonly OrderCommand[]): Order =>
  anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, ...commands);
export const delivered = (): Order => shipped(moved('delivered'));
export const lost = (): Order => shipped(moved('lost'));
export const returned = (): Order => shipped(moved('returned'));
export const cancelled = (): Order => anOrder(CANCEL);

/** Types of the events that `command` causes, or the code of its refusal. */
export const outcome = (order: Order, command: OrderCommand): readonly string[] | string => {
  const decision = decide(command, order, NOW);
  return decision.ok ? decision.value.map(({ type }) => type) : decision.error.code;
};
