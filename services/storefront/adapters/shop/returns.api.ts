import { createHash } from 'node:crypto';
import { dataOf, type Schemas, type ShopClient } from '#client/index.ts';
import { moneyOf, toDecimal } from '#kernel/money.ts';
import type { OrderReturn, ReturnsOfShop } from '../../core/ports/returns.ts';
import type { Visit } from '../../core/ports/shop.ts';
import { answered, decided, found } from './refusals.ts';

const PER_PAGE = 24;

/** How an order is named in a request, with its token if the visitor has one. */
export const ofOrder = (orderId: string, { orderTokens }: Pick<Visit, 'orderTokens'>) => {
  const token = orderTokens.find((one) => one.startsWith(`${orderId}.`));
  return {
    path: { order_id: orderId },
    ...(token === undefined ? {} : { header: { 'X-Order-Token': token } }),
  };
};

export const returnsOf = (api: ShopClient, visit: Visit): ReturnsOfShop => ({
  returnsOf: async (orderId) => {
    const params = ofOrder(orderId, visit);
    const list = await found(dataOf(api.GET('/api/v1/orders/{order_id}/returns', { params })));
    return (list?.items ?? []).map(toReturn);
  },
  requestReturn: async (orderId, wish) => {
    const { path, header } = { header: {}, ...ofOrder(orderId, visit) };
    const key = createHash('sha256')
      .update(JSON.stringify(['return', orderId, wish]))
      .digest('base64url');
    const params = { path, header: { ...header, 'Idempotency-Key': key } };
    const lines = wish.lines.map(({ variantId, quantity, reason }) => ({
      variant_id: variantId,
      quantity,
      reason,
    }));
    const body = { lines, ...(wish.comment === undefined ? {} : { comment: wish.comment }) };
    const asked = dataOf(api.POST('/api/v1/orders/{order_id}/returns', { params, body }));
    return decided(asked.then(() => undefined));
  },
  cancelReturn: async (orderId, returnId) => {
    const { path, ...more } = ofOrder(orderId, visit);
    const params = { path: { ...path, return_id: returnId }, ...more };
    const cancelled = api.PUT('/api/v1/orders/{order_id}/returns/{return_id}/cancel', { params });
    return decided(dataOf(cancelled).then(() => undefined));
  },
  payExchange: async (orderId, returnId, { paymentToken, total }) => {
    const { path, header } = { header: {}, ...ofOrder(orderId, visit) };
    const key = createHash('sha256')
      .update(JSON.stringify(['exchange', returnId, paymentToken]))
      .digest('base64url');
    const params = {
      path: { ...path, return_id: returnId },
      header: { ...header, 'Idempotency-Key': key },
    };
    const body = {
      payment_token: paymentToken,
      expected_total: toDecimal(total),
      currency: total.currency,
    };
    const paid = api.POST('/api/v1/orders/{order_id}/returns/{return_id}/exchange-payment', { params, body });
    return decided(dataOf(paid).then(() => undefined));
  },
  returnLabel: async (orderId, returnId) => {
    const { path, ...more } = ofOrder(orderId, visit);
    if (visit.token === undefined && !('header' in more)) return undefined;
    const params = { path: { ...path, return_id: returnId }, ...more };
    const printed = api.GET('/api/v1/orders/{order_id}/returns/{return_id}/label', {
      params,
      parseAs: 'arrayBuffer',
    });
    const file = await decided(printed.then(({ data }) => data));
    return file.ok && file.value ? new Uint8Array(file.value) : undefined;
  },
  ownReturns: async (userId, cursor) => {
    const query = { limit: PER_PAGE, ...(cursor === undefined ? {} : { cursor }) };
    const params = { path: { user_id: userId }, query };
    const page = await answered(dataOf(api.GET('/api/v1/users/{user_id}/returns', { params })));
    return { items: page.items.map(toReturn), next: page.next_cursor };
  },
});

const offerIn = ({ acts, exchange_offer: offer }: Schemas['Return']): OrderReturn['offer'] =>
  offer && acts.includes('pay')
    ? {
        names: offer.lines.map(({ name }) => name),
        due: moneyOf(offer.due, offer.currency),
        until: new Date(offer.until),
      }
    : undefined;

const toReturn = (one: Schemas['Return']): OrderReturn => ({
  returnId: one.return_id,
  orderId: one.order_id,
  number: one.number,
  state: one.state,
  lines: one.lines.map(({ name, quantity, received_quantity: received }) => ({
    name,
    quantity: received ?? quantity,
  })),
  address: one.return_address?.split('\n') ?? [],
  instructions: one.instructions,
  rejection: one.rejection_reason,
  refund:
    one.refund_amount === undefined || one.currency === undefined
      ? undefined
      : moneyOf(one.refund_amount, one.currency),
  exchangeOrderId: one.exchange?.failure === undefined ? one.exchange?.order_id : undefined,
  difference:
    one.exchange?.difference_refund === undefined || one.exchange.failure !== undefined
      ? undefined
      : moneyOf(one.exchange.difference_refund, one.exchange.currency),
  offer: offerIn(one),
  hasFailed: one.exchange?.failure !== undefined,
  canCancel: one.acts.includes('cancel'),
  requestedAt: new Date(one.requested_at),
});
