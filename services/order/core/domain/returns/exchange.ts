import { newOrderNumber } from '../order-number.ts';
import type { Order, Placed } from '../order.ts';
import { heldLines, type Return } from './return.ts';

/** An order for the units of a return that came back, without charge, sent as the first ones were. */
export const exchangeOf = (order: Order, one: Return, orderId: string, now: Date): Placed => {
  const units = new Map(heldLines(one).map(({ variantId, quantity }) => [variantId, quantity]));
  const { customer, currency, address, shipping, billing } = order;
  return {
    number: newOrderNumber(orderId),
    customer,
    // Of no cart.
    cartId: orderId,
    cartVersion: 1,
    currency,
    lines: order.lines.flatMap((line) => {
      const quantity = units.get(line.variantId);
      return quantity === undefined ? [] : [{ ...line, quantity, priceMinor: 0, taxMinor: 0, totalMinor: 0 }];
    }),
    shipping: { ...shipping, priceMinor: 0, taxMinor: 0 },
    address,
    ...(billing && { billing }),
    ...(order.pricesIncludeTax && { pricesIncludeTax: true }),
    subtotalMinor: 0,
    taxMinor: 0,
    totalMinor: 0,
    exchangeFor: { orderId: order.orderId, returnId: one.returnId },
    placedAt: now.toISOString(),
  };
};
