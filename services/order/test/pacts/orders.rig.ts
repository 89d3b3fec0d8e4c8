import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { memoryOrderQueries } from '../../adapters/memory/orders.memory.ts';
import { memoryOrderTx } from '../../adapters/memory/order-tx.memory.ts';
import type { OrderCommand } from '../../core/domain/commands.ts';
import type { Order } from '../../core/domain/order.ts';
import { order } from '../../main/module.ts';
import { historyOf, orderOf, placed } from '../order.mother.ts';

export const ORDER = '0190a000-0000-7000-8000-000000000001';
export const PAYMENT_OR_PARCEL = '0190a000-0000-7000-8000-000000000002';

/** The order after `commands` and then `event`. */
export const orderAfter = async (
  event: EventEnvelope,
  ...commands: readonly OrderCommand[]
): Promise<Order | undefined> => {
  const { toolbox, database, hear } = await openSubscriber(order);
  const events = historyOf(placed({}, ORDER), ...commands);
  const unitOfWork = memoryUnitOfWork(toolbox, database, memoryOrderTx());
  const state = orderOf(events);
  await unitOfWork.run(({ orders }) => orders.save({ id: ORDER, state, version: events.length, events }));
  await hear(event);
  return (await memoryOrderQueries(database).find(ORDER))?.state;
};
