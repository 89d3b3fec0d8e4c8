import type { ReturnView } from '#contracts/pages/storefront.ts';
import type { OrderReturn } from '../ports/returns.ts';
import type { Format } from './format.ts';

/** A return as pages show it. */
export const returnView = (one: OrderReturn, format: Format): ReturnView => ({
  returnId: one.returnId,
  orderHref: `/orders/${one.orderId}`,
  cancelHref: one.canCancel ? `/orders/${one.orderId}/returns/${one.returnId}/cancel` : undefined,
  labelHref: one.state === 'approved' ? `/orders/${one.orderId}/returns/${one.returnId}/label` : undefined,
  exchangeHref: one.exchangeOrderId === undefined ? undefined : `/orders/${one.exchangeOrderId}`,
  number: one.number,
  state: one.state,
  lines: one.lines,
  address: one.address,
  instructions: one.instructions,
  rejection: one.rejection,
  refund: one.refund === undefined ? undefined : format.price(one.refund),
  date: format.date(one.requestedAt),
});
