import { isFinal, timerKey, waitOf, whatMovesIt } from '#order/core/domain/order-state.ts';
import type { World } from './world.ts';

/** What is not as it must be of an order at any moment, in words; nothing where all is well. */
export const standingOf = (world: World): readonly string[] => [
  ...movesOf(world),
  ...timersOf(world),
  ...refundsOf(world),
];

const movesOf = ({ order }: World): readonly string[] =>
  isFinal(order) || whatMovesIt(order).length > 0
    ? []
    : [`a ${order.status} order has no open case, no timer and no refund on its way`];

/** The timer that it says it has, and no other. */
const timersOf = (world: World): readonly string[] => {
  const wait = waitOf(world.order);
  const [said, running] = [wait ? [timerKey(world.order, wait)] : [], world.timers().map(({ key }) => key)];
  return said.join() === running.join()
    ? []
    : [`it waits for ${said.join()}, but ${running.join()} is running`];
};

const refundsOf = (world: World): readonly string[] => {
  const { order, tasks, neighbours, bus } = world;
  return order.refunds.flatMap(({ refundKey, status }) => {
    if (status === 'failed') {
      const failure = order.cases.find((one) => one.refundKey === refundKey);
      const isSeen = failure?.state === 'open' || failure?.resolution !== undefined;
      return isSeen ? [] : [`${refundKey} has failed, and nobody is asked`];
    }
    if (status !== 'asked') return [];
    const isPending =
      tasks.has(`${order.orderId}:refund:${refundKey}`) ||
      neighbours.paid?.refunds.some((one) => one.key === refundKey && one.status === 'requested') === true ||
      bus.isUnderWay(({ payload }) => 'refund_id' in payload && payload.refund_id === refundKey);
    return isPending ? [] : [`${refundKey} was asked for, and nobody is at it`];
  });
};
