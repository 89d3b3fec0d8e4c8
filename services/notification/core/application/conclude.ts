import type { MailKind } from '../domain/mail.ts';
import type { AboutOrder, News } from '../domain/news.ts';
import type { Notification } from '../domain/notification.ts';
import { provenAddress, type Person } from '../domain/recipient.ts';
import type { NotificationQueries } from '../ports/notification-queries.ts';

/** What an event leads to, but does not suffice for: the rest is looked up when the message is due. Plain JSON, as stored. */
export type Matter =
  | {
      readonly about: 'parcel';
      readonly kind: 'shipment.lost' | 'shipment.returned';
      readonly orderId: string;
    }
  | { readonly about: 'review'; readonly orderId: string; readonly userId: string };

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

type Queries = Pick<NotificationQueries, 'ofOrder' | 'person' | 'isReviewed'>;

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
export const makeConclude = (queries: Queries) => {
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
  };
  return <About extends Matter['about']>(
    about: About,
    matter: MatterOf<About>,
    eventId: string,
  ): Promise<News | undefined> => table[about](matter, eventId);
};
