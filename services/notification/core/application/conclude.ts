import type { MailKind } from '../domain/mail.ts';
import type { AboutOrder, News } from '../domain/news.ts';
import type { Notification } from '../domain/notification.ts';
import { initialPreferences, isOn } from '../domain/preferences.ts';
import { provenAddress, type Person } from '../domain/recipient.ts';
import { isAbandoned } from '../domain/watched-cart.ts';
import type { Neighbours } from '../ports/neighbours.ts';
import type { NotificationQueries } from '../ports/notification-queries.ts';

/** What an event leads to, but does not suffice for: the rest is looked up when the message is due. Plain JSON, as stored. */
export type Matter =
  | {
      readonly about: 'parcel';
      readonly kind: 'shipment.lost' | 'shipment.returned';
      readonly orderId: string;
    }
  | { readonly about: 'review'; readonly orderId: string; readonly userId: string }
  /** @property version that of the cart after the last item was added */
  | { readonly about: 'cart'; readonly userId: string; readonly version: number };

export type MatterOf<About extends Matter['about']> = Extract<Matter, { readonly about: About }>;

/** An event of the order has not come yet. */
export class NotKnownYet extends Error {
  constructor(what: string) {
    super(`${what} is not known yet`);
    this.name = 'NotKnownYet';
  }
}

/** Messages that end the wish for a review. */
const UNHAPPY: readonly MailKind[] = [
  'order.cancelled',
  'order.refunded',
  'shipment.lost',
  'shipment.returned',
];

interface Ordered {
  readonly userId: string;
  readonly customer: AboutOrder['customer'];
}

/** Who ordered: earlier messages about the order say so. */
const ordererIn = (notifications: readonly Notification[]): Ordered | undefined => {
  for (const { news } of notifications)
    if (news && 'customer' in news.facts) return { userId: news.userId, customer: news.facts.customer };
  return undefined;
};

const named = ({ email, firstName, lastName }: NonNullable<Person['address']>): AboutOrder['customer'] => ({
  email,
  name: `${firstName} ${lastName}`,
});

type Queries = Pick<NotificationQueries, 'ofOrder' | 'person' | 'isReviewed' | 'preferences' | 'cart'>;

type Conclude = {
  readonly [About in Matter['about']]: (
    matter: MatterOf<About>,
    eventId: string,
  ) => Promise<News | undefined>;
};

/**
 * What a matter leads to when it is due; undefined if that has become superfluous.
 * Throws `NotKnownYet` if an event is missing, which will come.
 */
export const makeConclude = (queries: Queries, neighbours: Neighbours) => {
  const table: Conclude = {
    parcel: async ({ kind, orderId }, eventId) => {
      const orderer = ordererIn(await queries.ofOrder(orderId));
      if (!orderer) throw new NotKnownYet('the customer');
      const { userId, customer } = orderer;
      return { eventId, kind, userId, facts: { orderId, customer } };
    },
    review: async ({ orderId, userId }, eventId) => {
      const [isReviewed, sent, person] = await Promise.all([
        queries.isReviewed(orderId),
        queries.ofOrder(orderId),
        queries.person(userId),
      ]);
      const address = person && provenAddress(person);
      if (isReviewed || !address || sent.some(({ kind }) => UNHAPPY.some((one) => one === kind)))
        return undefined;
      return { eventId, kind: 'review.requested', userId, facts: { orderId, customer: named(address) } };
    },
    cart: async ({ userId, version }, eventId) => {
      if (!isAbandoned(await queries.cart(userId), version)) return undefined;
      const preferences = (await queries.preferences(userId)) ?? initialPreferences(userId);
      const person = await queries.person(userId);
      const address = person && provenAddress(person);
      // Without consent, nothing about the cart is asked.
      if (!address || !isOn(preferences, 'cart.abandoned', 'email')) return undefined;
      const items = await neighbours.cart(userId);
      const ids = items.map(({ variantId }) => variantId);
      const [offers, stock] = await Promise.all([neighbours.offers(ids), neighbours.stock(ids)]);
      const lines = items.flatMap(({ variantId, quantity }) => {
        const offer = offers.find((one) => one.variantId === variantId);
        const available = stock.get(variantId) ?? 0;
        return offer && available >= quantity ? [{ name: offer.name, quantity, price: offer.price }] : [];
      });
      if (lines.length === 0) return undefined;
      return { eventId, kind: 'cart.abandoned', userId, facts: { ...address, lines } };
    },
  };
  return <About extends Matter['about']>(
    about: About,
    matter: MatterOf<About>,
    eventId: string,
  ): Promise<News | undefined> => table[about](matter, eventId);
};
