import { equals, formatMoney, money, type Money } from '#kernel/money.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { newOrderNumber } from '../order-number.ts';
import type { Line, Order, Placed } from '../order.ts';
import type { ReturnRefusal } from './commands.ts';
import { heldLines, type Return } from './return.ts';

/** What is sent in place of a variant. */
export interface Substitute extends Pick<Line, 'productId' | 'variantId' | 'sku' | 'name'> {
  readonly price: Money;
}

/** By the variant that came back; undefined for what is not for sale. What is not in it is sent again. */
export type Substitutes = ReadonlyMap<string, Substitute | undefined>;

/** An order for the units of a return that came back, without charge, sent as the first ones were. */
export const exchangeOf = (
  order: Order,
  one: Return,
  instead: Substitutes,
  orderId: string,
  now: Date,
): Result<Placed, ReturnRefusal> => {
  const units = new Map(heldLines(one).map(({ variantId, quantity }) => [variantId, quantity]));
  const { customer, currency, address, shipping, billing } = order;
  const lines = new Map<string, Line>();
  for (const variantId of instead.keys())
    if (!units.has(variantId))
      return refuse('INVALID_RETURN_LINE', `The return has no units of ${variantId}.`);
  for (const line of order.lines) {
    const quantity = units.get(line.variantId);
    if (quantity === undefined) continue;
    const sent = sentFor(line, currency, instead);
    if (!sent.ok) return sent;
    const { variantId } = sent.value;
    const before = lines.get(variantId)?.quantity ?? 0;
    lines.set(variantId, {
      ...sent.value,
      quantity: before + quantity,
      priceMinor: 0,
      taxMinor: 0,
      totalMinor: 0,
    });
  }
  return ok({
    number: newOrderNumber(orderId),
    customer,
    // Of no cart.
    cartId: orderId,
    cartVersion: 1,
    currency,
    lines: [...lines.values()],
    shipping: { ...shipping, priceMinor: 0, taxMinor: 0 },
    address,
    ...(billing && { billing }),
    ...(order.pricesIncludeTax && { pricesIncludeTax: true }),
    subtotalMinor: 0,
    taxMinor: 0,
    totalMinor: 0,
    exchangeFor: { orderId: order.orderId, returnId: one.returnId },
    placedAt: now.toISOString(),
  });
};

type Goods = Pick<Line, 'productId' | 'variantId' | 'sku' | 'name'>;

/** Other goods only where no money would have to change hands. */
const sentFor = (
  { productId, variantId, sku, name, priceMinor }: Line,
  currency: string,
  instead: Substitutes,
): Result<Goods, ReturnRefusal> => {
  if (!instead.has(variantId)) return ok({ productId, variantId, sku, name });
  const substitute = instead.get(variantId);
  if (!substitute) return refuse('NOT_EXCHANGEABLE', `What is to be sent for ${sku} is not for sale.`);
  const { price, ...goods } = substitute;
  if (goods.productId !== productId)
    return refuse('NOT_EXCHANGEABLE', `${goods.sku} is another product than ${sku}.`);
  const paid = money(priceMinor, currency);
  if (!equals(price, paid))
    return refuse(
      'NOT_EXCHANGEABLE',
      `${goods.sku} costs ${formatMoney(price)}, and ${sku} cost ${formatMoney(paid)}.`,
    );
  return ok(goods);
};
