import { toDecimal } from '#kernel/money.ts';
import type { components } from '#openapi/generated/order.ts';
import { inCurrency, type Order } from '../../core/domain/order.ts';
import { ACTS } from '../../core/domain/returns/decide.ts';
import type { ExchangePlan } from '../../core/domain/returns/exchange.ts';
import {
  requestedAt,
  updatedAt,
  type Exchange,
  type Offer,
  type Return,
  type ReturnLine,
} from '../../core/domain/returns/return.ts';
import { fromActor, type Viewer } from './mapping.ts';

type Schemas = components['schemas'];
type Act = Schemas['ReturnAct'];

/** Those of a customer; staff have all but the payment. */
const OWN_ACTS: readonly Act[] = ['cancel', 'pay'];

const actsOf = ({ state }: Return, { isStaff }: Viewer): Act[] =>
  Object.entries(ACTS).flatMap(([act, { from }]) => {
    const name = act as Act; // the keys of the table
    return from.includes(state) && (isStaff ? name !== 'pay' : OWN_ACTS.includes(name)) ? [name] : [];
  });

const fromLine = (line: ReturnLine): Schemas['Return']['lines'][number] => ({
  product_id: line.productId,
  variant_id: line.variantId,
  sku: line.sku,
  name: line.name,
  quantity: line.quantity,
  reason: line.reason,
  ...(line.received === undefined ? {} : { received_quantity: line.received }),
  ...(line.condition === undefined ? {} : { condition: line.condition }),
  ...(line.restocked === undefined ? {} : { restocked_quantity: line.restocked }),
});

const fromExchange = (
  { orderId, failure, differences }: Exchange,
  one: Return,
  { isStaff }: Viewer,
): NonNullable<Schemas['Return']['exchange']> => {
  const { refunds = [], waivedMinor = 0 } = differences ?? {};
  const refundMinor = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return {
    order_id: orderId,
    currency: one.currency,
    ...(failure === undefined ? {} : { failure }),
    ...(refundMinor === 0 ? {} : { difference_refund: toDecimal(inCurrency(refundMinor, one)) }),
    ...(waivedMinor > 0 && isStaff ? { waived_amount: toDecimal(inCurrency(waivedMinor, one)) } : {}),
  };
};

const fromOffer = (
  { instead, dueMinor, until }: Offer,
  one: Return,
): NonNullable<Schemas['Return']['exchange_offer']> => ({
  lines: instead.map(({ variantId, goods }) => ({
    variant_id: variantId,
    instead_id: goods.variantId,
    name: goods.name,
  })),
  due: toDecimal(inCurrency(dueMinor, one)),
  currency: one.currency,
  until,
});

/** What an exchange would charge and refund. */
export const fromPlan = ({ placed, differences }: ExchangePlan, order: Order): Schemas['ExchangeQuote'] => {
  const refundMinor = differences.refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return {
    due: toDecimal(inCurrency(placed.totalMinor, order)),
    refund_amount: toDecimal(inCurrency(refundMinor, order)),
    currency: order.currency,
  };
};

/** @param returnAddress where customers send goods, as lines */
export const fromReturn = (
  one: Return,
  viewer: Viewer,
  returnAddress: string | undefined,
): Schemas['Return'] => {
  const { comment, instructions, rejection } = one.words;
  return {
    return_id: one.returnId,
    order_id: one.orderId,
    number: one.number,
    state: one.state,
    lines: one.lines.map(fromLine),
    ...(comment === undefined ? {} : { comment }),
    ...(one.state === 'approved' && returnAddress !== undefined ? { return_address: returnAddress } : {}),
    ...(instructions === undefined ? {} : { instructions }),
    ...(rejection === undefined ? {} : { rejection_reason: rejection }),
    ...(one.refundedMinor === undefined
      ? {}
      : { refund_amount: toDecimal(inCurrency(one.refundedMinor, one)), currency: one.currency }),
    ...(one.exchange ? { exchange: fromExchange(one.exchange, one, viewer) } : {}),
    ...(one.offer && one.state === 'awaiting_payment' ? { exchange_offer: fromOffer(one.offer, one) } : {}),
    history: one.history.map(({ state, at, actor }) => ({ state, at, actor: fromActor(actor, viewer) })),
    acts: actsOf(one, viewer),
    requested_at: requestedAt(one),
    updated_at: updatedAt(one),
  };
};
