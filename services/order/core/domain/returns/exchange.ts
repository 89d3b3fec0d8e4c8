import { formatMoney, money } from '#kernel/money.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { refundedDifference } from '../line-refunds.ts';
import { newOrderNumber } from '../order-number.ts';
import type { Line, Order, Placed } from '../order.ts';
import { refundableMinor, type LineRefund } from '../refunds.ts';
import type { ReturnRefusal } from './commands.ts';
import { heldLines, type Differences, type Goods, type Return } from './return.ts';

/** By the variant that came back; undefined for what is not for sale. What is not in it is sent again. */
export type Substitutes = ReadonlyMap<string, Goods | undefined>;

/** An order in exchange, and what money changes hands besides what it charges (`placed.totalMinor`). */
export interface ExchangePlan {
  readonly placed: Placed;
  readonly differences: Differences;
}

export interface ExchangeTerms {
  readonly instead: Substitutes;
  /** The customer need not pay what goods cost more. */
  readonly isWaived: boolean;
  /** Of the order in exchange. */
  readonly orderId: string;
  readonly now: Date;
}

/**
 * An order for the units of a return that came back, sent as the first ones were. It charges what other goods cost more, per unit, with
 * tax as on the first order; what they cost less is given back.
 */
export const exchangeOf = (
  order: Order,
  one: Return,
  { instead, isWaived, orderId, now }: ExchangeTerms,
): Result<ExchangePlan, ReturnRefusal> => {
  const units = new Map(heldLines(one).map(({ variantId, quantity }) => [variantId, quantity]));
  for (const variantId of instead.keys())
    if (!units.has(variantId))
      return refuse('INVALID_RETURN_LINE', `The return has no units of ${variantId}.`);
  const lines = new Map<string, Line>();
  const refunds: LineRefund[] = [];
  let waivedMinor = 0;
  let refundable = refundableMinor(order);
  for (const line of order.lines) {
    const quantity = units.get(line.variantId);
    if (quantity === undefined) continue;
    const goods = goodsFor(line, instead, order, isWaived);
    if (!goods.ok) return goods;
    const { priceMinor, ...sent } = goods.value;
    const price = priceOf(line, (priceMinor - line.priceMinor) * quantity);
    const givenBack = refundedDifference(order, one.returnId, line.variantId);
    const owedMinor = grossOf(price, order) + givenBack;
    if (owedMinor > 0 && !isWaived && givenBack > 0)
      return refuse(
        'NOT_EXCHANGEABLE',
        `A difference for ${line.sku} was refunded before, for an exchange that failed.`,
      );
    const amountMinor = Math.min(refundable, -owedMinor);
    if (amountMinor > 0) refunds.push({ variantId: line.variantId, quantity: 0, amountMinor });
    refundable -= Math.max(0, amountMinor);
    if (owedMinor > 0 && isWaived) waivedMinor += owedMinor;
    const isCharged = owedMinor > 0 && !isWaived;
    const charged = isCharged ? price : { totalMinor: 0, taxMinor: 0 };
    const unitMinor = isCharged ? priceMinor - line.priceMinor : 0;
    const before = lines.get(sent.variantId);
    if (before && before.priceMinor !== unitMinor)
      return refuse('NOT_EXCHANGEABLE', `${sent.sku} replaces goods of different prices.`);
    lines.set(sent.variantId, {
      ...sent,
      quantity: (before?.quantity ?? 0) + quantity,
      priceMinor: unitMinor,
      taxMinor: (before?.taxMinor ?? 0) + charged.taxMinor,
      totalMinor: (before?.totalMinor ?? 0) + charged.totalMinor,
    });
  }
  const { customer, currency, address, shipping, billing, pricesIncludeTax } = order;
  const sent = [...lines.values()];
  const sum = (of: 'totalMinor' | 'taxMinor'): number => sent.reduce((total, line) => total + line[of], 0);
  const [subtotalMinor, taxMinor] = [sum('totalMinor'), sum('taxMinor')];
  const placed = {
    number: newOrderNumber(orderId),
    customer,
    // Of no cart.
    cartId: orderId,
    cartVersion: 1,
    currency,
    lines: sent,
    shipping: { ...shipping, priceMinor: 0, taxMinor: 0 },
    address,
    ...(billing && { billing }),
    ...(pricesIncludeTax && { pricesIncludeTax }),
    subtotalMinor,
    taxMinor,
    totalMinor: grossOf({ totalMinor: subtotalMinor, taxMinor }, order),
    exchangeFor: { orderId: order.orderId, returnId: one.returnId },
    placedAt: now.toISOString(),
  };
  return ok({ placed, differences: { refunds, waivedMinor } });
};

/** A price as on an order, or part of one; negative for what is given back. */
type Price = Pick<Line, 'totalMinor' | 'taxMinor'>;

/** With the tax rate of the line, which only its taxes tell. */
const priceOf = (line: Price, totalMinor: number): Price => {
  if (line.totalMinor === 0) return { totalMinor, taxMinor: 0 };
  // Half away from zero, so that goods cost as much more as others cost less.
  const taxMinor = Math.round((Math.abs(totalMinor) * line.taxMinor) / line.totalMinor);
  return { totalMinor, taxMinor: Math.sign(totalMinor) * taxMinor };
};

const grossOf = ({ totalMinor, taxMinor }: Price, { pricesIncludeTax }: Order): number =>
  pricesIncludeTax ? totalMinor : totalMinor + taxMinor;

const goodsFor = (
  { productId, variantId, sku, name, priceMinor }: Line,
  instead: Substitutes,
  { exchangeFor, currency }: Order,
  isWaived: boolean,
): Result<Goods, ReturnRefusal> => {
  if (!instead.has(variantId)) return ok({ productId, variantId, sku, name, priceMinor });
  const goods = instead.get(variantId);
  if (!goods) return refuse('NOT_EXCHANGEABLE', `What is to be sent for ${sku} is not for sale.`);
  if (goods.productId !== productId)
    return refuse('NOT_EXCHANGEABLE', `${goods.sku} is another product than ${sku}.`);
  // Its own lines say what an exchange has charged, not what the goods are worth.
  if (!exchangeFor) return ok(goods);
  if (isWaived) return ok({ ...goods, priceMinor });
  const paid = formatMoney(money(priceMinor, currency));
  return refuse('NOT_EXCHANGEABLE', `${sku} was sent in exchange, for ${paid}.`);
};
