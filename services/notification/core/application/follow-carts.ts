import { isAbandoned, unknownCart, withCartFact, type CartFact } from '../domain/watched-cart.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

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
