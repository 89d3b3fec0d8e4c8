import { ok, refuse, type Result } from '#kernel/result.ts';
import type { OrderRefusal } from './commands.ts';
import type { Line, Order } from './order.ts';
import {
  isPaidBack,
  refundableMinor,
  type LineRefund,
  type Refund,
  type RefundParts,
  type RefundWish,
} from './refunds.ts';

/** A refund of what goods sent in exchange cost less. */
export const isDifference = ({ parts }: Pick<Refund, 'parts'>): boolean =>
  parts !== undefined && parts.lines.length > 0 && unitsOf(parts.lines) === 0;

/** Refunds that count: a failed one has given nothing back. */
const COUNTED: readonly Refund['status'][] = ['asked', 'done', 'settled'];
const DONE: readonly Refund['status'][] = ['done', 'settled'];

const partsIn = (
  { refunds }: Pick<Order, 'refunds'>,
  statuses: readonly Refund['status'][],
): readonly RefundParts[] =>
  refunds.flatMap(({ status, parts }) => (parts && statuses.includes(status) ? [parts] : []));

const linesIn = (
  order: Pick<Order, 'refunds'>,
  statuses: readonly Refund['status'][],
  { variantId }: Pick<Line, 'variantId'>,
): readonly LineRefund[] =>
  partsIn(order, statuses).flatMap(({ lines }) => lines.filter((one) => one.variantId === variantId));

const unitsOf = (refunds: readonly LineRefund[]): number =>
  refunds.reduce((sum, { quantity }) => sum + quantity, 0);
const amountOf = (refunds: readonly LineRefund[]): number =>
  refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** Units of a line that are refunded: all, once the whole order is. */
export const refundedUnits = (order: Order, line: Line): number =>
  order.totalMinor > 0 && isPaidBack(order)
    ? line.quantity
    : Math.min(line.quantity, unitsOf(linesIn(order, DONE, line)));

/** Units of a line that a return has; of all returns by default. */
const heldUnits = (
  { returns }: Pick<Order, 'returns'>,
  { variantId }: Pick<Line, 'variantId'>,
  returnId?: string,
): number =>
  returns
    .filter((one) => returnId === undefined || one.returnId === returnId)
    .flatMap(({ lines }) => lines.filter((one) => one.variantId === variantId))
    .reduce((sum, { quantity }) => sum + quantity, 0);

const refundsOf = (
  { refunds }: Pick<Order, 'refunds'>,
  returnId: string | undefined,
): Pick<Order, 'refunds'> => ({
  refunds: refunds.filter((one) => one.returnId === returnId),
});

/** Without differences of exchanges that stand: they count once the units are refunded, as when an exchange has failed. */
const countedFor = (order: Pick<Order, 'refunds'>, returnId: string | undefined): Pick<Order, 'refunds'> => {
  const counted = order.refunds.filter(({ status }) => COUNTED.includes(status));
  const refunded = new Set(counted.filter((one) => !isDifference(one)).map((one) => one.returnId));
  return {
    refunds: counted.filter(
      (one) => !isDifference(one) || one.returnId === returnId || refunded.has(one.returnId),
    ),
  };
};

/** What was refunded for units of a return because the goods sent in exchange cost less. */
export const refundedDifference = (order: Order, returnId: string, variantId: string): number =>
  amountOf(
    linesIn({ refunds: refundsOf(order, returnId).refunds.filter(isDifference) }, COUNTED, { variantId }),
  );

/** Units of a line that are neither in a return, nor refunded or about to be without one. */
export const freeUnits = (order: Order, line: Line): number =>
  Math.max(
    0,
    line.quantity - heldUnits(order, line) - unitsOf(linesIn(refundsOf(order, undefined), COUNTED, line)),
  );

/**
 * Units of a line that can still be refunded: neither refunded nor pending, nor in a return.
 * @param returnId for the units in this return instead
 */
export const refundableUnits = (order: Order, line: Line, returnId?: string): number => {
  if (refundableMinor(order) === 0) return 0;
  return returnId === undefined
    ? freeUnits(order, line)
    : Math.max(
        0,
        heldUnits(order, line, returnId) - unitsOf(linesIn(refundsOf(order, returnId), COUNTED, line)),
      );
};

/** Products of which the customer has got back the money for each unit. */
export const refundedProducts = (order: Order): readonly string[] =>
  [...Map.groupBy(order.lines, ({ productId }) => productId)].flatMap(([productId, lines]) =>
    lines.every((line) => refundedUnits(order, line) === line.quantity) ? [productId] : [],
  );

/**
 * Splits an amount in proportion to weights. The parts add up to it: what rounding down leaves goes, a minor unit each, to the
 * parts that lost most by it, and of equals to the first (the method of largest remainders).
 */
export const apportion = (minor: number, weights: readonly number[]): readonly number[] => {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(minor) * BigInt(weight));
  const parts = exact.map((product) => product / whole);
  const rest = Number(BigInt(minor) - parts.reduce((sum, part) => sum + part, 0n));
  const lost = exact
    .map((product, index) => ({ index, remainder: product % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  const raised = new Set(lost.slice(0, rest).map(({ index }) => index));
  return parts.map((part, index) => Number(part) + (raised.has(index) ? 1 : 0));
};

/** What was paid for each line, and last for shipping, taxes included; they add up to the total. */
const paidFor = ({ lines, shipping, pricesIncludeTax, totalMinor }: Order): readonly number[] => {
  const priceOf = (minor: number, taxMinor: number): number => minor + (pricesIncludeTax ? 0 : taxMinor);
  return apportion(totalMinor, [
    ...lines.map((line) => priceOf(line.totalMinor, line.taxMinor)),
    priceOf(shipping.priceMinor, shipping.taxMinor),
  ]);
};

/** What was paid for the first `units` of a line: they differ by a minor unit at most, and those that cost more come first. */
const paidForUnits = (paidMinor: number, quantity: number, units: number): number =>
  Math.floor(paidMinor / quantity) * units + Math.min(units, paidMinor % quantity);

/**
 * The amounts of a refund by lines. What is due for a line is reckoned from all its refunded units, so refunds in any split add
 * up to what was paid for it. If amounts were refunded without lines, the last ones get the rest.
 */
export const partsOf = (order: Order, wish: RefundWish): Result<RefundParts, OrderRefusal> => {
  const asked = new Map<string, number>();
  for (const { variantId, quantity } of wish.lines)
    asked.set(variantId, (asked.get(variantId) ?? 0) + quantity);
  const known = new Set(order.lines.map(({ variantId }) => variantId));
  for (const variantId of asked.keys()) if (!known.has(variantId)) return notRefundable(variantId, 0);
  const paid = paidFor(order);
  const counted = countedFor(order, wish.returnId);
  let left = refundableMinor(order);
  const take = (dueMinor: number): number => {
    const amountMinor = Math.min(left, Math.max(0, dueMinor));
    left -= amountMinor;
    return amountMinor;
  };
  const lines: LineRefund[] = [];
  for (const [index, line] of order.lines.entries()) {
    const { variantId } = line;
    const quantity = asked.get(variantId) ?? 0;
    if (quantity === 0) continue;
    const refundable = refundableUnits(order, line, wish.returnId);
    if (quantity > refundable) return notRefundable(variantId, refundable);
    const before = linesIn(counted, COUNTED, line);
    const due = paidForUnits(paid[index] ?? 0, line.quantity, unitsOf(before) + quantity);
    lines.push({ variantId, quantity, amountMinor: take(due - amountOf(before)) });
  }
  const refundedShipping = partsIn(order, COUNTED).reduce((sum, { shippingMinor }) => sum + shippingMinor, 0);
  const shippingMinor = wish.shipping ? take((paid.at(-1) ?? 0) - refundedShipping) : 0;
  return ok({ lines, shippingMinor });
};

export const totalOf = ({ lines, shippingMinor }: RefundParts): number => amountOf(lines) + shippingMinor;

const notRefundable = (variantId: string, refundable: number): Result<never, OrderRefusal> =>
  refuse('LINE_NOT_REFUNDABLE', `Of ${variantId}, ${refundable} units can still be refunded.`, {
    more: { variant: variantId, left: refundable },
  });

/** The parts of a refused refund, for another attempt at the same amount; none if some of its units were refunded meanwhile. */
export const partsAgain = (
  order: Order,
  refundKey: string | undefined,
  amountMinor: number,
): RefundParts | undefined => {
  const { parts, returnId } = order.refunds.find((one) => one.refundKey === refundKey) ?? {};
  if (!parts || totalOf(parts) !== amountMinor) return undefined;
  const isFree = ({ variantId, quantity }: LineRefund): boolean =>
    order.lines.some(
      (line) => line.variantId === variantId && quantity <= refundableUnits(order, line, returnId),
    );
  return parts.lines.every(isFree) ? parts : undefined;
};
