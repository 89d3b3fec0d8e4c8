import type { NewEvent } from '#kernel/events.ts';
import type { Publication } from '../../core/domain/events.ts';
import type { OrderTokens } from '../security/order-tokens.ts';
import { toWire } from './integration-events.ts';

const WITH_TOKEN: ReadonlySet<Publication['type']> = new Set([
  'order.placed',
  'order.confirmed',
  'order.address_changed',
]);

/** As `toWire`, with the token of a guest's order, for the mails about it. */
export const makeToWire =
  (tokens: Pick<OrderTokens, 'issue'>) =>
  (publication: Publication, version: number): NewEvent => {
    const event = toWire(publication, version);
    const { type, order } = publication;
    return WITH_TOKEN.has(type) && order.customer.userId === undefined
      ? { ...event, payload: { ...event.payload, order_token: tokens.issue(order) } }
      : event;
  };
