import { after, type Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { fold, runOne } from '#kernel/process.ts';
import { equals, formatMoney, type Money } from '#kernel/money.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Actor } from '../domain/actor.ts';
import type { OrderRefusal, UnitsCommand } from '../domain/commands.ts';
import { inCurrency, type Order, type Placed } from '../domain/order.ts';
import { refundKeyOf } from '../domain/decide-units-command.ts';
import type { LineUnits } from '../domain/refunds.ts';
import type { ReturnCommand, ReturnRefusal } from '../domain/returns/commands.ts';
import { decideReturn, type ACTS } from '../domain/returns/decide.ts';
import { evolveReturn } from '../domain/returns/evolve.ts';
import { exchangeOf, type Substitutes } from '../domain/returns/exchange.ts';
import type { ReturnEvent } from '../domain/returns/events.ts';
import { heldLines, type Offer, type Return, type ReturnReason } from '../domain/returns/return.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { Caller } from './command-order.ts';
import type { RunOrders } from './run-orders.ts';
import type { RunReturns } from './run-returns.ts';

/** What people do with a return that exists. */
export type ReturnAsked = {
  readonly [Type in keyof typeof ACTS]: Type extends 'refund'
    ? { readonly type: 'refund'; readonly shipping: boolean }
    : Type extends 'exchange'
      ? { readonly type: 'exchange'; readonly instead: Substitutes; readonly isWaived: boolean }
      : Type extends 'pay'
        ? { readonly type: 'pay'; readonly paymentToken: string; readonly expected: Money }
        : Omit<Extract<ReturnCommand, { readonly type: Type }>, 'actor'>;
}[keyof typeof ACTS];

export interface ReturnWish {
  readonly lines: readonly (LineUnits & { readonly reason: ReturnReason })[];
  readonly comment?: string | undefined;
}

/** A return with its order, as they are afterwards. */
export interface ReturnOfOrder {
  readonly state: Return;
  readonly order: Order;
}

type Refused = OrderRefusal | ReturnRefusal | Refusal<'PRICE_CHANGED'>;
type Outcome = Promise<Result<ReturnOfOrder, Refused | IdempotencyRefusal>>;

const NO_ORDER = refuse('ORDER_NOT_FOUND', 'There is no such order.');
const NO_RETURN = refuse('RETURN_NOT_FOUND', 'There is no such return.');

/** Stored per Idempotency-Key: a retry gets the return as it is then, so that nobody's words are stored twice. */
const keep = ({ state: { returnId } }: ReturnOfOrder): string => returnId;

const recall = async (kept: unknown, { orders, returns }: OrderTx): Promise<ReturnOfOrder> => {
  const returnId = String(kept);
  const state = (await returns.find([returnId])).get(returnId)?.state;
  const order = state && (await orders.find([state.orderId])).get(state.orderId)?.state;
  if (!order) throw new Error(`return ${returnId} was answered, but is not there`);
  return { state, order };
};

export interface ReturnTerms {
  /** How long after the delivery goods can be returned. */
  readonly windowMs: number;
  /** How long a customer has to pay what other goods cost more. */
  readonly offerMs: number;
}

/** What a unit has read: what it decides by, so that it fails and runs again where another unit has changed it meanwhile. */
interface Known {
  readonly orders: Parameters<RunOrders>[2];
  readonly returns: Parameters<ReturnType<RunReturns>>[2];
}

/** One unit of work changes a return and the units of its order, so that no unit is in two returns, or returned and refunded. */
export const makeReturns = (
  unitOfWork: UnitOfWork<OrderTx>,
  runOrders: RunOrders,
  runReturns: RunReturns,
  { ids, clock, windowMs, offerMs }: ReturnTerms & { readonly ids: Ids; readonly clock: Clock },
) => {
  /** The order decides first, because it may refuse; the return has been asked already. */
  const both = async (
    tx: OrderTx,
    known: Known,
    returnId: string,
    units: UnitsCommand,
    commandOf: (order: Order) => ReturnCommand,
    orderId: string,
  ): Promise<Result<ReturnOfOrder, Refused>> => {
    const moved = await runOne(runOrders, tx, { id: orderId, command: units }, known.orders);
    if (!moved.ok) return moved;
    const order = moved.value.state;
    if (!order) return NO_ORDER;
    const told = { id: returnId, command: commandOf(order) };
    const outcome = await runOne(runReturns(order), tx, told, known.returns);
    if (!outcome.ok || !outcome.value.state) throw new Error(`return ${returnId} was asked, and refuses`);
    return ok({ state: outcome.value.state, order });
  };

  const request = (orderId: string, wish: ReturnWish, caller: Caller, key?: IdempotencyKey): Outcome =>
    once(
      unitOfWork,
      key,
      recall,
      async (tx): Promise<Result<ReturnOfOrder, Refused>> => {
        const known = await tx.orders.find([orderId]);
        const order = known.get(orderId)?.state;
        const actor = order && caller(order);
        if (!actor) return NO_ORDER;
        const returnId = ids.next();
        const number = `${order.number}-R${order.returns.length + 1}`;
        const about = { returnId, number, actor };
        const lines = order.lines.flatMap(({ productId, variantId, sku, name }) =>
          wish.lines
            .filter((line) => line.variantId === variantId)
            .map(({ quantity, reason }) => ({ productId, variantId, sku, name, quantity, reason })),
        );
        const { comment } = wish;
        return both(
          tx,
          { orders: known, returns: new Map() },
          returnId,
          { type: 'hold-units', ...about, lines: wish.lines.map(unitsOfLine), windowMs },
          ({ currency }) => ({ type: 'request', ...about, orderId, currency, lines, comment }),
          orderId,
        );
      },
      keep,
    );

  const command = (
    orderId: string,
    returnId: string,
    asked: ReturnAsked,
    caller: Caller,
    key?: IdempotencyKey,
  ): Outcome =>
    once(
      unitOfWork,
      key,
      recall,
      async (tx): Promise<Result<ReturnOfOrder, Refused>> => {
        const known = await tx.orders.find([orderId]);
        const order = known.get(orderId)?.state;
        const actor = order && caller(order);
        if (!actor) return NO_ORDER;
        const returns = await tx.returns.find([returnId]);
        const before = returns.get(returnId)?.state;
        if (before?.orderId !== orderId) return NO_RETURN;
        const exchangeId = ids.next();
        const now = clock.now();
        const possible = decideReturn(commandFor(asked, actor, { exchangeId }), before, now);
        if (!possible.ok) return possible;
        if (possible.value.length === 0) return ok({ state: before, order });
        const plan = planFor(asked, { order, before, actor, exchangeId, now, offerMs });
        if (!plan.ok) return plan;
        const { command = commandFor(asked, actor, { exchangeId }), placed } = plan.value;
        const decided = decideReturn(command, before, now);
        if (!decided.ok) return decided;
        if (decided.value.length === 0) return ok({ state: before, order });
        const next = fold<Return, ReturnEvent>({ evolve: evolveReturn }, decided.value, before);
        const done = await both(
          tx,
          { orders: known, returns },
          returnId,
          unitsCommandFor(asked, next, actor),
          ({ refunds }) => {
            const refund = refunds.find(({ refundKey }) => refundKey === refundKeyOf(returnId));
            return asked.type === 'refund'
              ? commandFor(asked, actor, { exchangeId, amountMinor: refund?.amountMinor })
              : command;
          },
          orderId,
        );
        if (done.ok && placed) {
          // If another order has its number, the unit fails and runs again, with another ID.
          const place = { type: 'place', orderId: exchangeId, placed, actor } as const;
          await runOne(runOrders, tx, { id: exchangeId, command: place }, new Map());
        }
        return done;
      },
      keep,
    );

  return { request, command };
};

export type Returns = ReturnType<typeof makeReturns>;

const unitsOfLine = ({ variantId, quantity }: LineUnits): LineUnits => ({ variantId, quantity });

interface Outcomes {
  /** Of the order in exchange. */
  readonly exchangeId: string;
  /** Of a refund, once the order knows it. */
  readonly amountMinor?: number | undefined;
}

const NO_DIFFERENCES = { refunds: [], waivedMinor: 0 };

const commandFor = (
  asked: ReturnAsked,
  actor: Actor,
  { exchangeId, amountMinor = 0 }: Outcomes,
): ReturnCommand => {
  if (asked.type === 'refund') return { type: 'refund', amountMinor, actor };
  return asked.type === 'exchange' || asked.type === 'pay'
    ? { type: asked.type, orderId: exchangeId, differences: NO_DIFFERENCES, actor }
    : { ...asked, actor };
};

interface Circumstances {
  readonly order: Order;
  readonly before: Return;
  readonly actor: Actor;
  readonly exchangeId: string;
  readonly now: Date;
  readonly offerMs: number;
}

/** A command that is more than what was asked, and an order that is placed with it. */
interface Plan {
  readonly command?: ReturnCommand;
  readonly placed?: Placed;
}

/** Of an exchange: it is ordered, or offered first if the customer has to pay. Nothing for other steps. */
const planFor = (
  asked: ReturnAsked,
  { order, before, actor, exchangeId: orderId, now, offerMs }: Circumstances,
): Result<Plan, Refused> => {
  if (asked.type === 'exchange') {
    const { instead, isWaived } = asked;
    const plan = exchangeOf(order, before, { instead, isWaived, orderId, now });
    if (!plan.ok) return plan;
    const { placed, differences } = plan.value;
    return placed.totalMinor === 0
      ? ok({ command: { type: 'exchange', orderId, differences, actor }, placed })
      : ok({ command: { type: 'offer', offer: offerOf(instead, placed, after(now, offerMs)), actor } });
  }
  if (asked.type !== 'pay' || !before.offer) return ok({});
  const due = inCurrency(before.offer.dueMinor, order);
  if (!equals(asked.expected, due)) return refuse('PRICE_CHANGED', `${formatMoney(due)} are to be paid.`);
  const instead = new Map(before.offer.instead.map(({ variantId, goods }) => [variantId, goods]));
  const plan = exchangeOf(order, before, { instead, isWaived: false, orderId, now });
  if (!plan.ok) return plan;
  const { placed, differences } = plan.value;
  const { paymentToken } = asked;
  return ok({ command: { type: 'pay', orderId, differences, actor }, placed: { ...placed, paymentToken } });
};

const offerOf = (instead: Substitutes, { totalMinor }: Placed, until: Date): Offer => ({
  instead: [...instead].flatMap(([variantId, goods]) => (goods ? [{ variantId, goods }] : [])),
  dueMinor: totalMinor,
  until: until.toISOString(),
});

/** What the step of a return means for the units of its order. @param after the return after the step */
const unitsCommandFor = (asked: ReturnAsked, after: Return, actor: Actor): UnitsCommand => {
  const { returnId, number, state } = after;
  const about = { returnId, number, lines: heldLines(after), actor };
  if (asked.type === 'refund')
    return { type: 'refund-return', ...about, shipping: asked.shipping, reason: 'return' };
  const restock =
    asked.type === 'inspect'
      ? asked.lines
          .filter((line) => line.restock > 0)
          .map((line) => ({ variantId: line.variantId, quantity: line.restock }))
      : [];
  return { type: 'follow-return', ...about, state, restock };
};
