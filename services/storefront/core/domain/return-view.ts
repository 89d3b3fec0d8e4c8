import type { ReturnView } from '#contracts/pages/storefront.ts';
import type { OrderReturn } from '../ports/returns.ts';
import { cardText, decimalText, type Format } from './format.ts';

/** A card that was entered at the payment gateway to pay the difference of an exchange. */
export interface EnteredCard {
  readonly returnId: string;
  readonly paymentToken: string;
  readonly card: string | undefined;
}

const offerOf = (one: OrderReturn, card: EnteredCard | undefined, format: Format): ReturnView['offer'] => {
  if (!one.offer) return undefined;
  const { names, due, until } = one.offer;
  const href = `/orders/${one.orderId}/returns/${one.returnId}`;
  return {
    names,
    due: format.price(due),
    until: format.date(until),
    isRepeated: one.hasFailed,
    cardHref: `${href}/card`,
    payment:
      card?.returnId === one.returnId
        ? {
            href: `${href}/payment`,
            card: cardText(card.card ?? ''),
            fields: Object.fromEntries([
              ['payment_token', card.paymentToken],
              ['expected_total', decimalText(due)],
              ['currency', due.currency],
            ]),
          }
        : undefined,
  };
};

/** A return as pages show it. */
export const returnView = (one: OrderReturn, format: Format, card?: EnteredCard): ReturnView => ({
  returnId: one.returnId,
  orderHref: `/orders/${one.orderId}`,
  cancelHref: one.canCancel ? `/orders/${one.orderId}/returns/${one.returnId}/cancel` : undefined,
  labelHref: one.state === 'approved' ? `/orders/${one.orderId}/returns/${one.returnId}/label` : undefined,
  exchangeHref: one.exchangeOrderId === undefined ? undefined : `/orders/${one.exchangeOrderId}`,
  difference: one.difference === undefined ? undefined : format.price(one.difference),
  offer: offerOf(one, card, format),
  number: one.number,
  state: one.state,
  lines: one.lines,
  address: one.address,
  instructions: one.instructions,
  rejection: one.rejection,
  refund: one.refund === undefined ? undefined : format.price(one.refund),
  date: format.date(one.requestedAt),
});
