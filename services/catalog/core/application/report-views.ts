import type { Clock } from '#kernel/clock.ts';
import type { NewEvent } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';

export interface ProductJson {
  readonly productId: string;
  readonly views: number;
}

/** Publishes views counted by the gateway. */
export const makeReportViews =
  (unitOfWork: UnitOfWork<CatalogTx>, clock: Clock) =>
  (counted: readonly ProductJson[]): Promise<void> =>
    unitOfWork.run(async ({ outbox }) => {
      await outbox.add(...counted.map((one) => viewed(one, clock.now())));
    });

const viewed = ({ productId, views }: ProductJson, now: Date): NewEvent<'product.viewed'> => ({
  type: 'product.viewed',
  aggregateId: productId,
  aggregateVersion: 0,
  payload: { product_id: productId, views, viewed_at: now.toISOString() },
});
