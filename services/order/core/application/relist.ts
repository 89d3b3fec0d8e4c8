import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { OrderRepository } from '../ports/order-tx.ts';

/** Orders in one unit of work: few enough not to block others. */
const CHUNK = 200;

interface Listing {
  readonly orders: Pick<OrderRepository, 'relist'>;
}

/** Lists show all orders again after an update of the service, also those that its earlier version has written. */
export const makeRelist = (unitOfWork: UnitOfWork<Listing>) => async (): Promise<void> => {
  for (;;) if ((await unitOfWork.run(({ orders }) => orders.relist(CHUNK))) < CHUNK) return;
};
