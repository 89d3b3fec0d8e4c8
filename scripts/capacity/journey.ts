import { readEventServices } from '../lib/event-services.ts';

/**
 * Requests that each service handles for a journey of the bench (`test/bench/shop/journey.ts`): add to the cart, which asks catalog and
 * inventory; the quote, which calls catalog, inventory, shipping and others; the order, which asks for the cart and the price; its progress.
 * The edges are in helm/service/values.yaml.
 */
const REQUESTS: Readonly<Record<string, number>> = {
  gateway: 4,
  cart: 3,
  order: 3,
  catalog: 2,
  inventory: 2,
  shipping: 1,
  user: 1,
  payment: 1, // the capture
};

/** Events of an order that goes well while the bench runs, and how many of each. */
const MEASURED_EVENTS: Readonly<Record<string, number>> = {
  'cart.item_added': 1,
  'order.placed': 1,
  'inventory.reserved': 1,
  'inventory.availability_changed': 1,
  'payment.authorized': 1,
  'order.confirmed': 1,
  'payment.successful': 1,
  'shipment.created': 1,
  'order.shipped': 1,
};

/** Those on its way to the buyer, which takes days in the bench as well. */
const LATER_EVENTS: Readonly<Record<string, number>> = { 'shipment.status_updated': 3, 'order.delivered': 1 };

export const EVENTS: Readonly<Record<string, number>> = { ...MEASURED_EVENTS, ...LATER_EVENTS };

/** How much of a journey's work a service has. */
export interface Work {
  readonly requests: number;
  /** Sent. */
  readonly sent: number;
  readonly received: number;
}

const add = (works: Map<string, Work>, service: string, more: Partial<Work>): void => {
  const work = works.get(service) ?? { requests: 0, sent: 0, received: 0 };
  works.set(service, {
    requests: work.requests + (more.requests ?? 0),
    sent: work.sent + (more.sent ?? 0),
    received: work.received + (more.received ?? 0),
  });
};

const workOf = (events: Readonly<Record<string, number>>): ReadonlyMap<string, Work> => {
  const works = new Map<string, Work>();
  for (const [service, requests] of Object.entries(REQUESTS)) add(works, service, { requests });
  for (const [type, { senders, receivers }] of readEventServices(Object.keys(events))) {
    const count = events[type] ?? 0;
    for (const sender of senders) add(works, sender, { sent: count });
    for (const receiver of receivers) add(works, receiver, { received: count });
  }
  return works;
};

/** By service. */
export const WORK = workOf(EVENTS);

const unitsOf = ({ requests, sent, received }: Work): number => requests + sent + received;
const sumOf = (works: ReadonlyMap<string, Work>): number =>
  [...works.values()].reduce((sum, work) => sum + unitsOf(work), 0);

/** The work of an order until it is delivered, as a multiple of what the bench measures of it. */
export const WHOLE = sumOf(WORK) / sumOf(workOf(MEASURED_EVENTS));

/** The share of these services in the work of some, each request and event counting the same. */
export const shareOf = (members: readonly string[], among: Iterable<string> = WORK.keys()): number => {
  const sum = (names: Iterable<string>): number =>
    [...names].reduce(
      (total, name) => total + unitsOf(WORK.get(name) ?? { requests: 0, sent: 0, received: 0 }),
      0,
    );
  return sum(members) / sum(among);
};

/** The share of a service's work that comes from Kafka. */
export const receivedShareOf = (service: string): number => {
  const work = WORK.get(service);
  return work ? work.received / unitsOf(work) : 0;
};
