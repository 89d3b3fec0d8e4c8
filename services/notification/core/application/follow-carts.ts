import { isAbandoned, unknownCart, withCartFact, type CartFact } from '../domain/watched-cart.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';
import type { MailKind } from '../domain/mail.ts';
import type { News } from '../domain/news.ts';
import type { Matter } from './conclude.ts';

interface CartOf {
  readonly userId: string;
  readonly fact: CartFact;
}

/** Keeps what is known about carts. @returns those that may be abandoned from here on, with their newest version */
export const followCarts = async (
  { carts, tasks }: Pick<NotificationTx, 'carts' | 'tasks'>,
  facts: readonly CartOf[],
): Promise<readonly { readonly userId: string; readonly version: number }[]> => {
  const known = await carts.findAll(facts.map(({ userId }) => userId));
  const waiting: { userId: string; version: number }[] = [];
  for (const [userId, ofCart] of Map.groupBy(facts, (one) => one.userId)) {
    const before = known.get(userId) ?? unknownCart(userId);
    const after = ofCart.reduce((cart, { fact }) => withCartFact(cart, fact), before);
    await carts.save({ ...after, version: before.version + 1 });
    if (before.added > 0 && (after.added > before.added || after.ordered >= before.added))
      await tasks.complete(`cart:${userId}:${before.added}`); // only the newest state of a cart is watched
    if (isAbandoned(after, after.added)) waiting.push({ userId, version: after.added });
  }
  return waiting;
};

type Confirm = {
  readonly [Kind in MailKind]?: (tx: Tx, news: News<Kind>, matter: Matter) => Promise<boolean>;
};

type Tx = Pick<NotificationTx, 'carts' | 'alerts'>;

/** What a message ends, and why it may be late, by kind. */
const CONFIRM: Confirm = {
  'cart.abandoned': async ({ carts }, { userId }, matter) => {
    const cart = await carts.find(userId);
    if (matter.about !== 'cart' || !isAbandoned(cart, matter.version)) return false; // ordered meanwhile
    await carts.save({ ...withCartFact(cart, { reminded: matter.version }), version: cart.version + 1 });
    return true;
  },
  'stock.available': ({ alerts }, { userId, facts }) => serve(alerts, userId, facts.variantId, 'isForStock'),
  'price.dropped': ({ alerts }, { userId, facts }) => serve(alerts, userId, facts.variantId, 'below'),
};

/** Ends the part of an alert that was served; false if it had ended. */
const serve = async (
  alerts: NotificationTx['alerts'],
  userId: string,
  variantId: string,
  part: 'isForStock' | 'below',
): Promise<boolean> => {
  const alert = (await alerts.ofUser(userId)).find((one) => one.variantId === variantId);
  if (!alert || (part === 'isForStock' ? !alert.isForStock : alert.below === undefined)) return false;
  const { below, ...rest } = alert;
  if (part === 'isForStock' ? below !== undefined : alert.isForStock)
    await alerts.put(part === 'below' ? rest : { ...alert, isForStock: false });
  else await alerts.remove(userId, variantId);
  return true;
};

/** Whether a message may still be sent, in the unit of work that schedules it. */
export const confirm = async <Kind extends MailKind>(
  tx: Tx,
  news: News<Kind>,
  matter: Matter,
): Promise<boolean> => {
  const check: Confirm[Kind] = CONFIRM[news.kind];
  return check === undefined || check(tx, news, matter);
};
