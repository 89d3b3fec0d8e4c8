import { isFinal, lastParcel } from '#order/core/domain/order-state.ts';
import type { World } from './world.ts';

/** Where order and payment do not tell the same, in words. All that was said has been heard. */
export const storyOf = ({ order, neighbours: { paid } }: World): readonly string[] => {
  const isTaken = paid?.status === 'captured';
  const gone = (paid?.refunds ?? [])
    .filter(({ status }) => status === 'done')
    .reduce((sum, { minor }) => sum + minor, 0);
  return [
    ...((order.payment.status === 'captured') === isTaken
      ? []
      : [`the order says ${order.payment.status}, payment says ${paid?.status}`]),
    ...(order.refundedMinor === gone ? [] : [`the order says ${order.refundedMinor}, but ${gone} went back`]),
  ];
};

/** What is not accounted for of an order in a final state, in words; nothing where all is. */
export const accountOf = (world: World): readonly string[] => [...moneyOf(world), ...goodsOf(world)];

/** Captured − refunded is what the customer kept goods for, or what a decision on record says. */
const moneyOf = ({ order, neighbours: { paid } }: World): readonly string[] => {
  const captured = paid?.status === 'captured' ? paid.amount.minor : 0;
  const sum = (...statuses: readonly string[]): number =>
    order.refunds
      .filter(({ status }) => statuses.includes(status))
      .reduce((total, { amountMinor }) => total + amountMinor, 0);
  const kept = captured - sum('done', 'settled');
  // Owed, and a case or payment is at it.
  const owed = order.cases
    .filter(({ kind, state }) => kind === 'refund_failed' && state === 'open')
    .reduce((total, { amountMinor = 0 }) => total + amountMinor, sum('asked'));
  if (kept < 0) return [`${-kept} more was refunded than captured`];
  switch (order.status) {
    case 'cancelled':
      return kept > owed ? [`${kept} of a cancelled order was kept, and ${owed} is owed`] : [];
    case 'refunded':
      return kept > 0 ? [`${kept} of a refunded order was kept`] : [];
    case 'delivered':
    case 'returned':
      return captured === order.totalMinor ? [] : [`${captured} was taken for a ${order.status} order`];
    default:
      return [`${order.status} is not final`];
  }
};

/** Nothing is reserved, and what has left the stock is a parcel of the order, of which is known where it is. */
const goodsOf = ({
  order,
  units,
  neighbours: { item, reservations, consignment },
}: World): readonly string[] => {
  const left = reservations.filter(({ status }) => status === 'committed').length;
  const sent = consignment.shipments.filter(({ label }) => label !== undefined);
  const back = reservations.filter(({ status }) => status === 'restocked').length;
  return [
    ...(item.reserved === 0 ? [] : [`${item.reserved} units are reserved`]),
    ...(item.stock === units - left ? [] : [`${item.stock} of ${units} units are there, ${left} have left`]),
    ...(left + back === sent.length ? [] : [`${sent.length} parcels, but ${left} and ${back} in the books`]),
    ...(order.parcels.length === sent.length ? [] : ['the order does not know all of its parcels']),
    ...order.parcels
      .filter(({ whereabouts }) => whereabouts === 'returned')
      .filter(({ attempt }) => !order.cases.some((one) => one.kind === 'returned' && one.attempt === attempt))
      .map(({ attempt }) => `parcel ${attempt} came back, and nobody was asked`),
    ...(order.status === 'delivered' && !order.parcels.some(({ whereabouts }) => whereabouts === 'delivered')
      ? ['it is delivered, but no parcel is']
      : []),
    ...(isFinal(order) && order.status === 'returned' && lastParcel(order)?.whereabouts !== 'returned'
      ? ['it is returned, but its parcel is not']
      : []),
  ];
};
