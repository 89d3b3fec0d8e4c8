import type { AlertKind } from '../domain/kinds.ts';
import type { MailKind } from '../domain/mail.ts';
import type { News } from '../domain/news.ts';
import { initialPreferences, waitsForDigest } from '../domain/preferences.ts';
import { isAbandoned, withCartFact } from '../domain/watched-cart.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';
import type { Matter } from './conclude.ts';
import type { makeHold } from './digests.ts';

type Tx = Pick<NotificationTx, 'carts' | 'alerts' | 'preferences' | 'digests' | 'tasks'>;

type Checks = {
  readonly [Kind in MailKind]?: (tx: Tx, news: News<Kind>, matter: Matter) => Promise<boolean>;
};

/**
 * Whether the messages about a conclusion may still be scheduled, in the unit of work that does so; ends what they end, by kind.
 * @param hold keeps a mail for the digest of its recipient
 */
export const makeConfirm = (hold: ReturnType<typeof makeHold>) => {
  /** While the mail waits for the digest, other messages about the product are sent once. */
  const confirmAlert = async <Kind extends AlertKind>(tx: Tx, { kind, userId, facts }: News<Kind>) => {
    const part = { kind, variantId: facts.variantId };
    const preferences = (await tx.preferences.find(userId)) ?? initialPreferences(userId);
    return waitsForDigest(preferences, kind) ? hold(tx, preferences, part) : tx.alerts.end(userId, part);
  };
  const checks: Checks = {
    'cart.abandoned': async ({ carts }, { userId }, matter) => {
      const cart = await carts.find(userId);
      if (matter.about !== 'cart' || !isAbandoned(cart, matter.version)) return false; // ordered meanwhile
      await carts.save({ ...withCartFact(cart, { reminded: matter.version }), version: cart.version + 1 });
      return true;
    },
    'stock.available': confirmAlert,
    'price.dropped': confirmAlert,
  };
  return async <Kind extends MailKind>(tx: Tx, news: News<Kind>, matter: Matter): Promise<boolean> => {
    const check: Checks[Kind] = checks[news.kind];
    return check === undefined || check(tx, news, matter);
  };
};
