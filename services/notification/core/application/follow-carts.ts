import { isAbandoned, unknownCart, withCartFact, type CartFact } from '../domain/watched-cart.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';
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

/** Whether a message may still be sent, in the unit of work that schedules it: an order may have come since it was concluded. */
export const confirm = async ({ carts }: Pick<NotificationTx, 'carts'>, matter: Matter): Promise<boolean> => {
  if (matter.about !== 'cart') return true;
  const { userId, version } = matter;
  const cart = await carts.find(userId);
  if (!isAbandoned(cart, version)) return false;
  await carts.save({ ...withCartFact(cart, { reminded: version }), version: cart.version + 1 });
  return true;
};
