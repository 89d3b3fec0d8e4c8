import { hasRole, isUser, type Principal } from '#adapters/auth/principal.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import type { Clock } from '#kernel/clock.ts';
import type { IdempotencyKey } from '#kernel/idempotency.ts';
import { moneyOf } from '#kernel/money.ts';
import type { Page } from '#kernel/pages.ts';
import { refuse } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/order.ts';
import type { ReturnAsked, Returns } from '../../core/application/command-returns.ts';
import { partsOf } from '../../core/domain/line-refunds.ts';
import type { Order } from '../../core/domain/order.ts';
import { exchangeOf, type Substitutes } from '../../core/domain/returns/exchange.ts';
import {
  heldLines,
  RETURN_STATES,
  unitsOf,
  type Goods,
  type Return,
} from '../../core/domain/returns/return.ts';
import type { OrderQueries } from '../../core/ports/order-queries.ts';
import type { OfferOfProduct, Offers, ReturnLabels } from '../../core/ports/upstreams.ts';
import type { ReturnQueries } from '../../core/ports/returns.ts';
import { caller, keyedByOrder, type AskingFor } from './asking.ts';
import type { OrderCode } from './errors.ts';
import { fromRefundQuote, type Viewer } from './mapping.ts';
import { fromPlan, fromReturn } from './return-mapping.ts';

export interface ReturnUseCases {
  readonly queries: OrderQueries;
  readonly returns: Returns;
  readonly returnQueries: ReturnQueries;
  readonly returnLabels: ReturnLabels;
  readonly offers: Offers;
  readonly clock: Clock;
  /** Where customers send goods, as lines. */
  readonly returnAddress: string | undefined;
}

/** More returns of a state are not counted. */
const MOST_COUNTED = 1_000;

const NO_ORDER = refuse('ORDER_NOT_FOUND', 'There is no such order.');
const NO_RETURN = refuse('RETURN_NOT_FOUND', 'There is no such return.');

type ReturnOperation =
  | 'listReturnsOfOrder'
  | 'requestReturn'
  | 'cancelReturn'
  | 'getReturnLabel'
  | 'approveReturn'
  | 'rejectReturn'
  | 'receiveReturn'
  | 'inspectReturn'
  | 'refundReturn'
  | 'exchangeReturn'
  | 'quoteReturnExchange'
  | 'payExchange'
  | 'quoteReturnRefund'
  | 'listStaffReturns'
  | 'countStaffReturns'
  | 'listReturnsOfUser';

interface Path {
  readonly order_id: string;
  readonly return_id: string;
}

const goodsOf = ({ price, ...goods }: OfferOfProduct): Goods => ({ ...goods, priceMinor: price.minor });

/** @param pairs of IDs, joined by a colon */
const linesIn = (pairs: readonly string[]) =>
  pairs.map((pair) => {
    const [variant_id = '', instead_id = ''] = pair.split(':');
    return { variant_id, instead_id };
  });

export const makeReturnHandlers = (
  { queries, returns, returnQueries, returnLabels, offers, returnAddress, clock }: ReturnUseCases,
  { askingWith, viewerOf }: AskingFor,
): Pick<Handlers<operations, OrderCode>, ReturnOperation> => {
  const shown = (one: Return, viewer: Viewer) => fromReturn(one, viewer, returnAddress);
  const fromPage = ({ items, next }: Page<Return>, viewer: Viewer): components['schemas']['ReturnPage'] => ({
    items: items.map((one) => shown(one, viewer)),
    ...(next === undefined ? {} : { next_cursor: next }),
  });
  /** What is to be sent in place of variants, at the prices of now. */
  const substitutesIn = async (
    { lines = [] }: components['schemas']['ReturnExchange'],
    { currency }: Order,
  ): Promise<Substitutes> => {
    const ids = lines.map(({ instead_id }) => instead_id.toLowerCase());
    const found = ids.length === 0 ? undefined : await offers.of(ids, currency);
    return new Map(
      lines.map(({ variant_id, instead_id }) => {
        const offer = found?.get(instead_id.toLowerCase());
        return [variant_id.toLowerCase(), offer?.price.currency === currency ? goodsOf(offer) : undefined];
      }),
    );
  };
  /** Only members of staff reach these operations. */
  const act = async <Status extends number>(
    status: Status,
    path: Path,
    asked: ReturnAsked,
    principal: Principal,
    idempotency: IdempotencyKey | undefined,
  ) => {
    const viewer = viewerOf(principal);
    const { order_id, return_id } = path;
    const done = await returns.command(order_id, return_id, asked, caller({ viewer }), idempotency);
    return done.ok ? { status, body: shown(done.value.state, viewer) } : done;
  };

  return {
    listReturnsOfOrder: async ({ path, headers, principal }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const found = await queries.find(path.order_id);
      if (!found || !caller(asking.value)(found.state)) return NO_ORDER;
      const items = await returnQueries.ofOrder(path.order_id);
      return { status: 200, body: { items: items.map((one) => shown(one, asking.value.viewer)) } };
    },
    requestReturn: async ({ path, headers, body, principal, idempotency }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const comment = body.comment?.trim();
      const wish = {
        lines: body.lines.map(({ variant_id, quantity, reason }) => ({
          variantId: variant_id.toLowerCase(),
          quantity,
          reason,
        })),
        ...(comment ? { comment } : {}),
      };
      const key = keyedByOrder(asking.value, idempotency);
      const made = await returns.request(path.order_id, wish, caller(asking.value), key);
      return made.ok ? { status: 201, body: shown(made.value.state, asking.value.viewer) } : made;
    },
    cancelReturn: async ({ path, headers, principal }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const { order_id, return_id } = path;
      const done = await returns.command(order_id, return_id, { type: 'cancel' }, caller(asking.value));
      return done.ok ? { status: 200, body: shown(done.value.state, asking.value.viewer) } : done;
    },
    getReturnLabel: async ({ path, headers, principal }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const order = (await queries.find(path.order_id))?.state;
      if (!order || !caller(asking.value)(order)) return NO_ORDER;
      const one = await returnQueries.find(path.return_id);
      if (one?.orderId !== path.order_id) return NO_RETURN;
      if (one.state !== 'approved')
        return refuse('RETURN_STATE', `The return is ${one.state}; only an approved one has a label.`);
      const label = await returnLabels.print({
        returnId: one.returnId,
        number: one.number,
        optionId: order.shipping.optionId,
        from: order.address,
        to: returnAddress?.split('\n'),
        itemCount: one.lines.reduce((sum, line) => sum + unitsOf(line), 0),
      });
      return label
        ? { status: 200, type: 'application/pdf', body: label }
        : refuse('RETURN_LABEL_NOT_FOUND', 'The carrier of the order prints no labels any longer.');
    },
    approveReturn: ({ path, body, principal, idempotency }) => {
      const instructions = body.instructions?.trim();
      const asked = { type: 'approve', ...(instructions ? { instructions } : {}) } as const;
      return act(200, path, asked, principal, idempotency);
    },
    rejectReturn: ({ path, body, principal, idempotency }) =>
      act(200, path, { type: 'reject', reason: body.reason.trim() }, principal, idempotency),
    receiveReturn: ({ path, body, principal, idempotency }) => {
      const lines = body.lines.map(({ variant_id, quantity, condition }) => ({
        variantId: variant_id.toLowerCase(),
        quantity,
        condition,
      }));
      return act(200, path, { type: 'receive', lines }, principal, idempotency);
    },
    inspectReturn: ({ path, body, principal, idempotency }) => {
      const lines = body.lines.map(({ variant_id, restock_quantity }) => ({
        variantId: variant_id.toLowerCase(),
        restock: restock_quantity,
      }));
      return act(200, path, { type: 'inspect', lines }, principal, idempotency);
    },
    refundReturn: ({ path, body, principal, idempotency }) =>
      act(202, path, { type: 'refund', shipping: body.shipping ?? false }, principal, idempotency),
    exchangeReturn: async ({ path, body, principal, idempotency }) => {
      const order = (await queries.find(path.order_id))?.state;
      if (!order) return NO_ORDER;
      const instead = await substitutesIn(body ?? {}, order);
      const asked = { type: 'exchange', instead, isWaived: body?.waive ?? false } as const;
      return act(200, path, asked, principal, idempotency);
    },
    quoteReturnExchange: async ({ path, query }) => {
      const [order, one] = await Promise.all([
        queries.find(path.order_id),
        returnQueries.find(path.return_id),
      ]);
      if (!order) return NO_ORDER;
      if (one?.orderId !== path.order_id) return NO_RETURN;
      const plan = exchangeOf(order.state, one, {
        instead: await substitutesIn({ lines: linesIn(query.instead ?? []) }, order.state),
        isWaived: query.waive ?? false,
        orderId: one.orderId,
        now: clock.now(),
      });
      return plan.ok ? { status: 200, body: fromPlan(plan.value, order.state) } : plan;
    },
    payExchange: async ({ path, headers, body, principal, idempotency }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const expected = moneyOf(body.expected_total, body.currency);
      const asked = { type: 'pay', paymentToken: body.payment_token, expected } as const;
      const key = keyedByOrder(asking.value, idempotency);
      const done = await returns.command(path.order_id, path.return_id, asked, caller(asking.value), key);
      return done.ok ? { status: 202, body: shown(done.value.state, asking.value.viewer) } : done;
    },
    quoteReturnRefund: async ({ path, query }) => {
      const [order, one] = await Promise.all([
        queries.find(path.order_id),
        returnQueries.find(path.return_id),
      ]);
      if (!order) return NO_ORDER;
      if (one?.orderId !== path.order_id) return NO_RETURN;
      const { returnId } = one;
      const parts = partsOf(order.state, {
        lines: heldLines(one),
        shipping: query.shipping ?? false,
        returnId,
      });
      return parts.ok ? { status: 200, body: fromRefundQuote(order.state, parts.value) } : parts;
    },
    listStaffReturns: async ({ query, principal }) => {
      const { state: states, sort = 'newest', limit = 24, cursor } = query;
      const page = await returnQueries.page({ states, sort, limit, cursor });
      return page.ok ? { status: 200, body: fromPage(page.value, viewerOf(principal)) } : page;
    },
    countStaffReturns: async () => {
      const items = await Promise.all(
        RETURN_STATES.map(async (state) => {
          const found = await returnQueries.countUpTo(MOST_COUNTED + 1, state);
          return { state, count: Math.min(found, MOST_COUNTED), is_more: found > MOST_COUNTED };
        }),
      );
      return { status: 200, body: { items } };
    },
    listReturnsOfUser: async ({ path, query, principal }) => {
      if (!isUser(principal, path.user_id) && !hasRole(principal, 'order_manager'))
        return refuse('FORBIDDEN', 'These returns belong to another user.');
      const page = await returnQueries.page({ limit: 24, ...query, sort: 'newest', userId: path.user_id });
      return page.ok ? { status: 200, body: fromPage(page.value, viewerOf(principal)) } : page;
    },
  };
};
