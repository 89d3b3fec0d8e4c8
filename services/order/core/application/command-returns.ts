import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { fold, runOne } from '#kernel/process.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Actor } from '../domain/actor.ts';
import type { OrderRefusal, UnitsCommand } from '../domain/commands.ts';
import type { Order } from '../domain/order.ts';
import { refundKeyOf } from '../domain/decide-units-command.ts';
import type { LineUnits } from '../domain/refunds.ts';
import type { ReturnCommand, ReturnRefusal } from '../domain/returns/commands.ts';
import { decideReturn, type ACTS } from '../domain/returns/decide.ts';
import { evolveReturn } from '../domain/returns/evolve.ts';
import { exchangeOf, type Substitutes } from '../domain/returns/exchange.ts';
import type { ReturnEvent } from '../domain/returns/events.ts';
import { heldLines, type Return, type ReturnReason } from '../domain/returns/return.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { Caller } from './command-order.ts';
import type { RunOrders } from './run-orders.ts';
import type { RunReturns } from './run-returns.ts';

/** What people do with a return that exists. */
export type ReturnAsked = {
  readonly [Type in keyof typeof ACTS]: Type extends 'refund'
    ? { readonly type: 'refund'; readonly shipping: boolean }
    : Type extends 'exchange'
      ? { readonly type: 'exchange'; readonly instead: Substitutes }
      : Omit<Extract<ReturnCommand, { readonly type: Type }>, 'actor' | 'orderId'>;
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

type Refused = OrderRefusal | ReturnRefusal;
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

/** One unit of work changes a return and the units of its order, so that no unit is in two returns, or returned and refunded. */
export const makeReturns = (
  unitOfWork: UnitOfWork<OrderTx>,
  runOrders: RunOrders,
  runReturns: RunReturns,
  { ids, clock, windowMs }: { readonly ids: Ids; readonly clock: Clock; readonly windowMs: number },
) => {
  /** The order decides first, because it may refuse; the return has been asked already. */
  const both = async (
    tx: OrderTx,
    known: Parameters<RunOrders>[2],
    returnId: string,
    units: UnitsCommand,
    commandOf: (order: Order) => ReturnCommand,
    orderId: string,
  ): Promise<Result<ReturnOfOrder, Refused>> => {
    const moved = await runOne(runOrders, tx, { id: orderId, command: units }, known);
    if (!moved.ok) return moved;
    const order = moved.value.state;
    if (!order) return NO_ORDER;
    const outcome = await runOne(runReturns(order), tx, { id: returnId, command: commandOf(order) });
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
          known,
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
        const before = (await tx.returns.find([returnId])).get(returnId)?.state;
        if (before?.orderId !== orderId) return NO_RETURN;
        const exchangeId = ids.next();
        const decided = decideReturn(commandFor(asked, actor, { exchangeId }), before, clock.now());
        if (!decided.ok) return decided;
        if (decided.value.length === 0) return ok({ state: before, order });
        const after = fold<Return, ReturnEvent>({ evolve: evolveReturn }, decided.value, before);
        const placed =
          asked.type === 'exchange'
            ? exchangeOf(order, before, asked.instead, exchangeId, clock.now())
            : undefined;
        if (placed && !placed.ok) return placed;
        const done = await both(
          tx,
          known,
          returnId,
          unitsCommandFor(asked, after, actor),
          ({ refunds }) => {
            const refund = refunds.find(({ refundKey }) => refundKey === refundKeyOf(returnId));
            return commandFor(asked, actor, { exchangeId, amountMinor: refund?.amountMinor });
          },
          orderId,
        );
        if (done.ok && placed) {
          // If another order has its number, the unit fails and runs again, with another ID.
          const command = { type: 'place', orderId: exchangeId, placed: placed.value, actor } as const;
          await runOne(runOrders, tx, { id: exchangeId, command }, new Map());
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

const commandFor = (
  asked: ReturnAsked,
  actor: Actor,
  { exchangeId, amountMinor = 0 }: Outcomes,
): ReturnCommand => {
  if (asked.type === 'refund') return { type: 'refund', amountMinor, actor };
  return asked.type === 'exchange' ? { type: 'exchange', orderId: exchangeId, actor } : { ...asked, actor };
};

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
