import { fold, type Versioned } from '#kernel/process.ts';
import { SYSTEM } from './actor.ts';
import { withClosed, type Case } from './cases.ts';
import { caseDecided, caseOpened, endedByMoney, refundFailed } from './evolve-cases.ts';
import type { OrderEvent, OrderEventOf } from './events.ts';
import { refundMeant } from './old-events.ts';
import { lateOrderNumber } from './order-number.ts';
import { actorOf, billingAddressOf, type Order, type SentParcel } from './order.ts';
import { correctionsOf, instructionsOf, isToBeSent } from './order-state.ts';
import { doneMinor, withRefund, type LineUnits } from './refunds.ts';
import { sentenceOf } from './words.ts';

/** The order after `event`; undefined before it is placed. */
export const evolve = (order: Order | undefined, event: OrderEvent): Order => {
  if (event.type === 'placed') return begin(event);
  if (!order) throw new Error(`an order begins with its placing, not with ${event.type}`);
  if (event.type === 'claimed') return { ...order, customer: { ...order.customer, userId: event.userId } };
  const changed = withoutPastWishes({ ...order, ...change(order, event) });
  const { at, actor = SYSTEM } = event;
  const entry = {
    status: changed.status,
    at,
    detail: sentenceOf(event, order),
    actor,
    ...correlationOf(event),
  };
  return { ...changed, timeline: [...order.timeline, entry], updatedAt: at };
};

const correlationOf = ({ correlationId }: OrderEvent) =>
  correlationId === undefined ? {} : { correlationId };

/** Nothing is held or readdressed once there is no longer a parcel to be sent. */
const withoutPastWishes = (order: Order): Order =>
  (order.hold ?? order.addressRequest) && order.status !== 'pending' && !isToBeSent(order)
    ? { ...order, hold: undefined, addressRequest: undefined }
    : order;

/** The order after a history that starts with its placement; undefined if it is empty. */
export const replay = (history: readonly OrderEvent[]): Versioned<Order> | undefined => {
  const state = fold<Order | undefined, OrderEvent>({ evolve }, history, undefined);
  return state && { state, version: history.length };
};

const begin = (event: OrderEventOf<'placed'>): Order => {
  const { orderId, placed, at } = event;
  return {
    ...placed,
    orderId,
    number: placed.number ?? lateOrderNumber(orderId),
    status: 'pending',
    attempt: 1,
    isReserved: false,
    awaitsReplacement: false,
    // An order without charge counts as paid.
    payment: { status: placed.totalMinor === 0 ? 'captured' : 'pending' },
    parcels: [],
    earlyReport: undefined,
    cancelRequested: undefined,
    cases: [],
    refunds: [],
    refundedMinor: 0,
    returns: [],
    restocked: [],
    timeline: [
      {
        status: 'pending',
        at,
        detail: placed.exchangeFor ? 'Placed in exchange for what was sent back' : 'Order placed',
        actor: event.actor ?? actorOf(placed.customer),
        ...correlationOf(event),
      },
    ],
    updatedAt: at,
  };
};

const change = (order: Order, event: Exclude<OrderEvent, { type: 'placed' | 'claimed' }>): Partial<Order> => {
  const { attempt } = order;
  switch (event.type) {
    case 'stock-reserved':
      return {
        isReserved: true,
        cases: closedAbout(order, event, attempt, 'overdue'),
      };
    case 'payment-authorized':
      return { payment: { status: 'authorized', brand: event.brand, last4: event.last4 } };
    case 'confirmed':
      return { status: 'confirmed', awaitsReplacement: false };
    case 'payment-captured':
      return { payment: { ...order.payment, status: 'captured' } };
    case 'payment-failed':
      return { payment: { ...order.payment, status: 'failed' } };
    case 'shipped':
      return {
        status: 'shipped',
        parcels: [...order.parcels, { ...event.parcel, attempt, whereabouts: 'under_way' }],
        earlyReport: undefined,
        cases: closedAbout(order, event, attempt, 'overdue', 'cancel_unanswered'),
      };
    case 'parcel-moved':
      return moved(order, event);
    case 'delivered':
      return {
        status: 'delivered',
        parcels: at(order, event.attempt ?? attempt, 'delivered'),
        // All cases of the parcel are closed.
        cases: closed(order, event, ({ kind }) => kind === 'lost' || kind === 'overdue'),
      };
    case 'hold-requested': {
      const { reason, at: since, actor = SYSTEM } = event;
      const hold = { reason, since, actor, isEffective: false };
      return { hold, isUrgent: false, instructions: instructionsOf(order) + 1 };
    }
    case 'held':
      return order.hold ? { hold: { ...order.hold, isEffective: true } } : {};
    case 'released':
      return { hold: undefined, instructions: instructionsOf(order) + 1 };
    case 'dispatch-requested':
      return { hold: undefined, isUrgent: true, instructions: instructionsOf(order) + 1 };
    case 'address-requested': {
      const { address, actor = SYSTEM } = event;
      return { addressRequest: { address, actor }, corrections: correctionsOf(order) + 1 };
    }
    case 'address-changed':
      return {
        address: event.address,
        corrections: correctionsOf(order) + (order.addressRequest ? 0 : 1),
        // An invoice keeps the address that it was issued for.
        billing: { ...order.billing, address: billingAddressOf(order) },
        addressRequest: undefined,
      };
    case 'cancel-requested':
      return { cancelRequested: event.reason };
    case 'cancelled':
      return {
        status: 'cancelled',
        awaitsReplacement: false,
        // Cases for returned goods and owed money stay open.
        cases: closed(order, event, ({ kind }) => kind !== 'returned' && kind !== 'refund_failed'),
      };
    case 'case-opened':
      return caseOpened(order, event);
    case 'case-resolved':
      return {
        ...caseDecided(order, event),
        ...(event.restock ? { restocked: [...order.restocked, ...order.lines.map(unitsIn)] } : {}),
      };
    case 'reship-requested':
      return {
        attempt: attempt + 1,
        isReserved: false,
        awaitsReplacement: true,
        cancelRequested: undefined, // it was about the parcel before
        isUrgent: false,
      };
    case 'replacement-refused':
      return {
        awaitsReplacement: false,
        cases: closedAbout(order, event, attempt, 'overdue'),
      };
    case 'refund-requested':
      return { refunds: [...order.refunds, { ...event.refund, status: 'asked', actor: event.actor }] };
    case 'refunded':
      return refunded(order, event);
    case 'refund-failed':
      return refundFailed(order, event);
    case 'refund-dropped':
      return {
        refunds: withRefund(order.refunds, event.refundKey, (one) => ({ ...one, status: 'dropped' })),
      };
    case 'return-moved': {
      const { returnId, lines } = event;
      const others = order.returns.filter((one) => one.returnId !== returnId);
      return { returns: [...others, { returnId, lines }] };
    }
    case 'restocked':
      return { restocked: [...order.restocked, ...event.lines] };
  }
};

const unitsIn = ({ variantId, quantity }: LineUnits): LineUnits => ({ variantId, quantity });

const at = (
  { parcels }: Order,
  attempt: number,
  whereabouts: SentParcel['whereabouts'],
): readonly SentParcel[] =>
  parcels.map((parcel) => (parcel.attempt === attempt ? { ...parcel, whereabouts } : parcel));

/** Cases that an event settles. */
const closed = (order: Order, event: OrderEvent, isOver: (one: Case) => boolean): readonly Case[] =>
  withClosed(order.cases, isOver, {
    at: event.at,
    what: sentenceOf(event, order),
    actor: event.actor ?? SYSTEM,
  });

const closedAbout = (
  order: Order,
  event: OrderEvent,
  attempt: number,
  ...kinds: readonly Case['kind'][]
): readonly Case[] => closed(order, event, (one) => one.attempt === attempt && kinds.includes(one.kind));

const moved = (order: Order, event: OrderEventOf<'parcel-moved'>): Partial<Order> => {
  const attempt = event.attempt ?? order.attempt;
  if (order.status === 'confirmed' && attempt === order.attempt) return { earlyReport: event.status };
  switch (event.status) {
    case 'delivered':
    case 'lost':
    case 'returned':
      return {
        parcels: at(order, attempt, event.status),
        cases: closedAbout(order, event, attempt, 'overdue', 'lost'),
      };
    case 'in_transit':
    case 'out_for_delivery':
      return {};
  }
};

const refunded = (order: Order, event: OrderEventOf<'refunded'>): Partial<Order> => {
  const { amountMinor, totalMinor, reason } = event;
  const refundKey = event.refundKey ?? refundMeant(order, amountMinor);
  const isKnown = order.refunds.some((refund) => refund.refundKey === refundKey);
  const refunds = isKnown
    ? withRefund(order.refunds, refundKey, (one) => ({ ...one, status: 'done' }))
    : [...order.refunds, { refundKey, amountMinor, reason, status: 'done' as const }];
  const refundedMinor = Math.max(totalMinor, doneMinor({ refunds }));
  const entry = { at: event.at, what: sentenceOf(event, order), actor: event.actor ?? SYSTEM };
  return { refundedMinor, ...endedByMoney({ ...order, refunds }, entry) };
};
