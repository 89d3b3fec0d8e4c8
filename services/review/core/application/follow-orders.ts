import { withFact, type PurchaseFact } from '../domain/purchase.ts';
import type { ReviewTx } from '../ports/review-tx.ts';

/** Adds facts about orders, in any order. */
export const followOrders = async (
  { purchases }: Pick<ReviewTx, 'purchases'>,
  facts: readonly PurchaseFact[],
): Promise<void> => {
  const orders = [...Map.groupBy(facts, (fact) => fact.orderId)];
  const known = await Promise.all(orders.map(([orderId]) => purchases.find(orderId)));
  for (const [index, [, about]] of orders.entries()) {
    const before = known[index];
    const after = about.reduce(withFact, before);
    if (after) await purchases.save({ ...after, revision: (before?.revision ?? 0) + 1 });
  }
};
