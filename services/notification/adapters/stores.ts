import type { DocumentQueries, Documents, StoredDocument } from '#kernel/documents.ts';
import type { Digest } from '../core/domain/digest.ts';
import type { Preferences } from '../core/domain/preferences.ts';
import type { Person } from '../core/domain/recipient.ts';
import { isActive, type Suppression } from '../core/domain/suppression.ts';
import type { WatchedCart } from '../core/domain/watched-cart.ts';
import type { NotificationQueries } from '../core/ports/notification-queries.ts';
import { byId, type NotificationTx } from '../core/ports/notification-tx.ts';
import { suppressionId, suppressionsIn } from './suppressions.ts';

/** The kinds of documents, as stored. */
const KINDS = {
  people: 'people',
  preferences: 'preferences',
  suppressions: 'suppressions',
  reviewed: 'reviewed',
  carts: 'carts',
  digests: 'digests',
} as const;

/** @param of the documents of a kind in a unit of work */
export const documentsIn = (
  of: <T extends StoredDocument>(kind: string) => Documents<T>,
): Pick<NotificationTx, 'people' | 'preferences' | 'suppressions' | 'reviewed' | 'carts' | 'digests'> => {
  const reviewed = byId(of<StoredDocument>(KINDS.reviewed));
  return {
    people: byId(of<Person>(KINDS.people)),
    preferences: byId(of<Preferences>(KINDS.preferences)),
    suppressions: suppressionsIn(of<Suppression>(KINDS.suppressions)),
    carts: byId(of<WatchedCart>(KINDS.carts)),
    digests: byId(of<Digest>(KINDS.digests)),
    reviewed: {
      add: async (orderIds) => {
        const known = await reviewed.findAll(orderIds);
        for (const id of new Set(orderIds)) if (!known.has(id)) await reviewed.save({ id, version: 1 });
      },
    },
  };
};

/** @param of the committed documents of a kind */
export const documentQueriesIn = (
  of: <T extends StoredDocument>(kind: string) => DocumentQueries<T>,
): Pick<NotificationQueries, 'preferences' | 'person' | 'suppression' | 'isReviewed' | 'cart' | 'digest'> => {
  const preferences = of<Preferences>(KINDS.preferences);
  const people = of<Person>(KINDS.people);
  const suppressions = of<Suppression>(KINDS.suppressions);
  const reviewed = of<StoredDocument>(KINDS.reviewed);
  const carts = of<WatchedCart>(KINDS.carts);
  const digests = of<Digest>(KINDS.digests);
  return {
    digest: (userId) => digests.find(userId),
    cart: (userId) => carts.find(userId),
    isReviewed: async (orderId) => (await reviewed.find(orderId)) !== undefined,
    preferences: (userId) => preferences.find(userId),
    person: (userId) => people.find(userId),
    suppression: async (email) => {
      const known = await suppressions.find(suppressionId(email));
      return isActive(known) ? known : undefined;
    },
  };
};
