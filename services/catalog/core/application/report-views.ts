import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Publication } from '../domain/events.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';

export interface ProductViews {
  readonly productId: string;
  readonly views: number;
}

/** Publishes views counted by the gateway. */
export const makeReportViews =
  (unitOfWork: UnitOfWork<CatalogTx>, clock: Clock, toWire: ToWire<Publication>) =>
  (counted: readonly ProductViews[]): Promise<void> =>
    unitOfWork.run(async ({ outbox }) => {
      const at = clock.now();
      await outbox.add(...counted.map((one) => toWire({ type: 'product.viewed', ...one, at })));
    });
