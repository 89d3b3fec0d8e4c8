import { order } from '#order/main/module.ts';
import { rate, type Figure } from '../figures.ts';
import { measure } from '../load.ts';
import { SESSIONS } from './database.ts';
import { makeCommitOrder, orderUnits } from './order-commits.ts';
import type { DistributedRig } from './rig.ts';

/** Order, idempotency row and outbox in one statement, by the order service's own repositories, without HTTP. */
export const commit = async (rig: DistributedRig): Promise<readonly Figure[]> => {
  const { database, schema } = await rig.database('commit', order);
  const commitOrder = makeCommitOrder(orderUnits(database, schema));
  const load = { workers: SESSIONS, seconds: rig.seconds };
  await measure({ ...load, seconds: 0.5 }, commitOrder); // statements are prepared and code is warm
  const measured = await measure(load, commitOrder);
  return [rate('order committed', measured, { floor: await rig.inserts(), aim: { atLeast: 0.75 } })];
};
