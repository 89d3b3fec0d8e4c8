import { refuse, ok, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { MOST_ALERTS, type Alert } from '../domain/alert.ts';
import type { Neighbours } from '../ports/neighbours.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

export interface AlertWish {
  readonly userId: string;
  readonly variantId: string;
  readonly isForStock: boolean;
  readonly isForPrice: boolean;
}

/** Watches a product for a user; the price alert is about prices below that of now. Throws if the catalog does not respond. */
export const makeWatchProduct =
  (unitOfWork: UnitOfWork<NotificationTx>, neighbours: Pick<Neighbours, 'offers'>) =>
  async ({
    userId,
    variantId,
    isForStock,
    isForPrice,
  }: AlertWish): Promise<Result<Alert, Refusal<'NOT_SOLD' | 'TOO_MANY_ALERTS'>>> => {
    const [offer] = await neighbours.offers([variantId]);
    if (!offer) return refuse('NOT_SOLD', 'The shop does not sell this.');
    const { sku, price } = offer;
    const alert = { userId, variantId, sku, isForStock, ...(isForPrice ? { below: price } : {}) };
    return unitOfWork.run(async ({ alerts }) => {
      const known = await alerts.ofUser(userId);
      if (known.length >= MOST_ALERTS && !known.some((one) => one.variantId === variantId))
        return refuse('TOO_MANY_ALERTS', `At most ${MOST_ALERTS} products can be watched.`);
      await alerts.put(alert);
      return ok(alert);
    });
  };

export const makeUnwatchProduct =
  (unitOfWork: UnitOfWork<NotificationTx>) =>
  (userId: string, variantId: string): Promise<void> =>
    unitOfWork.run(({ alerts }) => alerts.remove(userId, variantId));
