import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { OrderTx } from '../ports/order-tx.ts';

/** Orders in one unit of work: few enough not to block others. */
const CHUNK = 200;

/** Lists show all orders again after an update of the service, also those that its earlier version has written. */
export const makeRelist = (unitOfWork: UnitOfWork<OrderTx>) => async (): Promise<void> => {
  for (;;) if ((await unitOfWork.run(({ orders }) => orders.relist(CHUNK))) < CHUNK) return;
};
