import { isLess, type Alert } from '../domain/alert.ts';
import type { MailKind } from '../domain/mail.ts';
import type { AboutOrder, News, Owner } from '../domain/news.ts';
import type { Notification } from '../domain/notification.ts';
import { initialPreferences, isOn } from '../domain/preferences.ts';
import { provenAddress, type Person } from '../domain/recipient.ts';
import { isAbandoned } from '../domain/watched-cart.ts';
import type { AlertQueries } from '../ports/alerts.ts';
import type { Neighbours, Offer } from '../ports/neighbours.ts';
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
  | { readonly about: 'cart'; readonly userId: string; readonly version: number }
  /** Of those who watch it, those after a user. */
  | { readonly about: 'stock'; readonly sku: string; readonly after?: string }
  | { readonly about: 'price'; readonly variantId: string; readonly after?: string };

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
  'return.requested',
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

type Queries = Pick<NotificationQueries, 'ofOrder' | 'person' | 'isReviewed' | 'preferences' | 'cart'> & {
  readonly alerts: AlertQueries;
};

/** Users who are notified at once, in one unit of work. */
export const ALERTS_AT_ONCE = 200;

/** What a matter leads to. */
export interface Conclusion {
  /** Nothing if that has become superfluous. */
  readonly news: readonly News[];
  /** The last user of this part, if there may be more. */
  readonly last?: string | undefined;
}

const NOTHING: Conclusion = { news: [] };

type Conclude = {
  readonly [About in Matter['about']]: (matter: MatterOf<About>, eventId: string) => Promise<Conclusion>;
};

/**
 * What a matter leads to when it is due.
 * Throws `NotKnownYet` if an event is missing, which will come.
 */
export const makeConclude = (
  queries: Queries,
  neighbours: Neighbours,
  idOf: (...parts: readonly string[]) => string,
) => {
  const newsFor = async (
    alerts: readonly Alert[],
    eventId: string,
    about: (alert: Alert, offer: Offer, owner: Owner) => Pick<News, 'kind' | 'facts'> | undefined,
  ): Promise<Conclusion> => {
    const offers = await neighbours.offers([...new Set(alerts.map(({ variantId }) => variantId))]);
    const news: News[] = [];
    for (const alert of alerts) {
      const { userId, variantId } = alert;
      const person = await queries.person(userId);
      const owner = person && provenAddress(person);
      const offer = offers.find((one) => one.variantId === variantId);
      const found = owner && offer && about(alert, offer, owner);
      if (found) news.push({ eventId: idOf(eventId, userId, variantId), userId, ...found } as News);
    }
    return { news, last: alerts.length === ALERTS_AT_ONCE ? alerts.at(-1)?.userId : undefined };
  };
  const table: Conclude = {
    parcel: async ({ kind, orderId }, eventId) => {
      const orderer = ordererIn(await queries.ofOrder(orderId));
      if (!orderer) throw new NotKnownYet('the customer');
      const { userId, customer } = orderer;
      return { news: [{ eventId, kind, userId, facts: { orderId, customer } }] };
    },
    review: async ({ orderId, userId }, eventId) => {
      const [isReviewed, sent, person] = await Promise.all([
        queries.isReviewed(orderId),
        queries.ofOrder(orderId),
        queries.person(userId),
      ]);
      const address = person && provenAddress(person);
      if (isReviewed || !address || sent.some(({ kind }) => UNHAPPY.some((one) => one === kind)))
        return NOTHING;
      const facts = { orderId, customer: named(address) };
      return { news: [{ eventId, kind: 'review.requested', userId, facts }] };
    },
    cart: async ({ userId, version }, eventId) => {
      if (!isAbandoned(await queries.cart(userId), version)) return NOTHING;
      const preferences = (await queries.preferences(userId)) ?? initialPreferences(userId);
      const person = await queries.person(userId);
      const address = person && provenAddress(person);
      // Without consent, nothing about the cart is asked.
      if (!address || !isOn(preferences, 'cart.abandoned', 'email')) return NOTHING;
      const items = await neighbours.cart(userId);
      const ids = items.map(({ variantId }) => variantId);
      const [offers, stock] = await Promise.all([neighbours.offers(ids), neighbours.stock(ids)]);
      const lines = items.flatMap(({ variantId, quantity }) => {
        const offer = offers.find((one) => one.variantId === variantId);
        const available = stock.get(variantId) ?? 0;
        return offer && available >= quantity ? [{ name: offer.name, quantity, price: offer.price }] : [];
      });
      if (lines.length === 0) return NOTHING;
      return { news: [{ eventId, kind: 'cart.abandoned', userId, facts: { ...address, lines } }] };
    },
    stock: async ({ sku, after }, eventId) => {
      const alerts = await queries.alerts.forStock(sku, after, ALERTS_AT_ONCE);
      const stock = await neighbours.stock([...new Set(alerts.map(({ variantId }) => variantId))]);
      return newsFor(alerts, eventId, ({ variantId }, { name: product, price }, owner) =>
        (stock.get(variantId) ?? 0) > 0
          ? { kind: 'stock.available', facts: { ...owner, variantId, product, price } }
          : undefined,
      );
    },
    price: async ({ variantId, after }, eventId) =>
      newsFor(
        await queries.alerts.forPrice(variantId, after, ALERTS_AT_ONCE),
        eventId,
        (alert, { name: product, price }, owner) =>
          alert.below && isLess(price, alert)
            ? { kind: 'price.dropped', facts: { ...owner, variantId, product, price, before: alert.below } }
            : undefined,
      ),
  };
  return <About extends Matter['about']>(
    about: About,
    matter: MatterOf<About>,
    eventId: string,
  ): Promise<Conclusion> => table[about](matter, eventId);
};
