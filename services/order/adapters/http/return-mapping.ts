import { toDecimal } from '#kernel/money.ts';
import type { components } from '#openapi/generated/order.ts';
import { inCurrency } from '../../core/domain/order.ts';
import { ACTS } from '../../core/domain/returns/decide.ts';
import { requestedAt, updatedAt, type Return, type ReturnLine } from '../../core/domain/returns/return.ts';
import { fromActor, type Viewer } from './mapping.ts';

type Schemas = components['schemas'];
type Act = Schemas['ReturnAct'];

/** Those of a customer; staff have all. */
const OWN_ACTS: readonly Act[] = ['cancel'];

const actsOf = ({ state }: Return, { isStaff }: Viewer): Act[] =>
  Object.entries(ACTS).flatMap(([act, { from }]) => {
    const name = act as Act; // the keys of the table
    return from.includes(state) && (isStaff || OWN_ACTS.includes(name)) ? [name] : [];
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
    ...(one.exchange
      ? {
          exchange: {
            order_id: one.exchange.orderId,
            ...(one.exchange.failure === undefined ? {} : { failure: one.exchange.failure }),
          },
        }
      : {}),
    history: one.history.map(({ state, at, actor }) => ({ state, at, actor: fromActor(actor, viewer) })),
    acts: actsOf(one, viewer),
    requested_at: requestedAt(one),
    updated_at: updatedAt(one),
  };
};
