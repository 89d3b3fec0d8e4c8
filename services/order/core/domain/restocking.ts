import type { Order } from './order.ts';
import { isToBeSent } from './order-state.ts';
import type { LineUnits } from './refunds.ts';

/** Units of a variant that were sent and not put back into stock. */
const unitsAway = ({ lines, parcels, restocked }: Order, variantId: string): number => {
  const sum = (some: readonly LineUnits[]): number =>
    some.filter((one) => one.variantId === variantId).reduce((total, { quantity }) => total + quantity, 0);
  return sum(lines) * parcels.length - sum(restocked);
};

/** Whether all of these units were sent, and none of them was put back into stock. */
export const areAway = (order: Order, lines: readonly LineUnits[]): boolean =>
  lines.every(({ variantId, quantity }) => quantity <= unitsAway(order, variantId));

/** Whether staff can put these units into stock: goods that are still to be sent are reserved, not gone. */
export const canRestock = (order: Order, lines: readonly LineUnits[]): boolean =>
  !isToBeSent(order) && areAway(order, lines);
