import { ownerAt } from '../domain/proof.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { RunOrders } from './run-orders.ts';

/** Orders that one unit gives to their users. */
const AT_ONCE = 100;

/**
 * Gives guests' orders with the address to the users who have proved to own it.
 * @returns whether there may be more
 */
export const makeClaimOrders =
  (run: RunOrders) =>
  async (tx: OrderTx, email: string): Promise<boolean> => {
    const proofs = await tx.proofs.ofEmail(email);
    if (proofs.length === 0) return false;
    const orders = await tx.orders.ofGuest(email, AT_ONCE);
    const found = await tx.orders.find(orders);
    const claims = [...found.values()].flatMap(({ state: { orderId, placedAt } }) => {
      const userId = ownerAt(proofs, placedAt);
      return userId === undefined ? [] : [{ id: orderId, command: { type: 'claim', userId } as const }];
    });
    await run(tx, claims, found);
    return claims.length === AT_ONCE;
  };

export type ClaimOrders = ReturnType<typeof makeClaimOrders>;
