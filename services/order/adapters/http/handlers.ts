import { hasRole, type Principal } from '#adapters/auth/principal.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import { personalDataHandlers } from '#adapters/http/personal-data.ts';
import type { PersonalData } from '#kernel/personal-data.ts';
import { parseMoney, type InvalidAmount } from '#kernel/money.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/order.ts';
import type { PaymentChoice } from '../../core/application/check-request.ts';
import type { Asked, Caller, CommandOrder } from '../../core/application/command-order.ts';
import type { makePlaceOrder } from '../../core/application/place-order.ts';
import type { makeQuoteCheckout } from '../../core/application/quote-checkout.ts';
import { VIEW_NAMES, VIEWS, type OrderFilter } from '../../core/domain/listing.ts';
import type { Customer, Order } from '../../core/domain/order.ts';
import { partsOf } from '../../core/domain/line-refunds.ts';
import type { LineUnits } from '../../core/domain/refunds.ts';
import type { OrderProgress } from '../../core/ports/order-progress.ts';
import type { OrderQueries } from '../../core/ports/order-queries.ts';
import type { VersionedOrder } from '../../core/ports/order-tx.ts';
import { readBuyer } from './buyer.ts';
import type { OrderCode } from './errors.ts';
import {
  actorOf,
  fromOrder,
  fromPage,
  fromQuote,
  fromRefundQuote,
  fromSummaries,
  type Viewer,
} from './mapping.ts';
import { orderStream } from './order-stream.ts';

export interface OrderUseCases {
  readonly quoteCheckout: ReturnType<typeof makeQuoteCheckout>;
  readonly placeOrder: ReturnType<typeof makePlaceOrder>;
  readonly commandOrder: CommandOrder;
  readonly queries: OrderQueries;
  readonly progress: OrderProgress;
  readonly newId: () => string;
  readonly personalData: PersonalData;
}

type RefundBody = operations['refundOrder']['requestBody']['content']['application/json'];

const NOT_FOUND = refuse('ORDER_NOT_FOUND', 'There is no such order.');

/** The signed-in customer; operations that require one are not reached without. */
const customerOf = (principal: Principal): Customer => {
  if (principal.kind !== 'user') throw new Error('the OpenAPI file allows a caller that is not a user');
  return { userId: principal.userId, email: principal.email, name: principal.name };
};

const mayAccess =
  (principal: Principal) =>
  ({ customer }: Order): boolean =>
    (principal.kind === 'user' && principal.userId === customer.userId) ||
    hasRole(principal, 'order_manager');

/** The actor as seen by an order; undefined hides the order from users who may not see it. */
const caller =
  (principal: Principal): Caller =>
  (order) => {
    if (!mayAccess(principal)(order)) return undefined;
    const { userId } = customerOf(principal);
    return actorOf(order, userId);
  };

const paymentOf = ({
  payment_token: token,
  payment_method_id: methodId,
}: components['schemas']['OrderInput']): PaymentChoice | undefined => {
  if (token !== undefined) return { token };
  return methodId === undefined ? undefined : { methodId };
};

const viewerOf = (principal: Principal): Viewer => ({
  userId: customerOf(principal).userId,
  isStaff: hasRole(principal, 'order_manager'),
});

const answer = <Status extends number>(status: Status, order: VersionedOrder, principal: Principal) => ({
  status,
  headers: { ETag: etag(order.version) },
  body: fromOrder(order, viewerOf(principal)),
});

const toRefund = (body: RefundBody, refundKey: string): Result<Asked, InvalidAmount> => {
  const { reason } = body;
  if ('lines' in body) {
    const lines = body.lines.map(({ variant_id, quantity }) => units(variant_id, quantity));
    return ok({ type: 'refund-lines', refundKey, wish: { lines, shipping: body.shipping ?? false }, reason });
  }
  const amount = parseMoney(body.amount, body.currency);
  return amount.ok ? ok({ type: 'refund', refundKey, amount: amount.value, reason }) : amount;
};

const units = (variantId: string, quantity: number): LineUnits => ({
  variantId: variantId.toLowerCase(),
  quantity,
});

/** @param line `variant_id:quantity` */
const toLineUnits = (line: string): LineUnits => {
  const [variantId = '', quantity] = line.split(':');
  return units(variantId, Number(quantity));
};

/** More orders of a view are not counted. */
const MOST_COUNTED = 1_000;

type StaffQuery = NonNullable<operations['listStaffOrders']['parameters']['query']>;

const toFilter = (query: StaffQuery): OrderFilter => ({
  q: query.q,
  placedFrom: asUtc(query.placed_from),
  placedTo: asUtc(query.placed_to),
  totalMin: query.total_min,
  totalMax: query.total_max,
  statuses: query.status,
  paymentStatus: query.payment_status,
  openCase: query.open_case,
  carrier: query.carrier,
  country: query.country,
  userId: query.customer_id?.toLowerCase(),
});

/** As orders have it; clients may send an offset. */
const asUtc = (time: string | undefined): string | undefined => time && new Date(time).toISOString();

export const makeHandlers = (order: OrderUseCases): Handlers<operations, OrderCode> => {
  /** The order as the caller may see it. */
  const find = async (orderId: string, principal: Principal): Promise<VersionedOrder | undefined> => {
    const found = await order.queries.find(orderId);
    return found && mayAccess(principal)(found.state) ? found : undefined;
  };

  return {
    ...personalDataHandlers(order.personalData),
    quoteCheckout: async ({ body, principal }) => {
      const buyer = readBuyer(body);
      if (!buyer.ok) return buyer;
      const quote = await order.quoteCheckout(customerOf(principal).userId, buyer.value.address);
      return quote.ok ? { status: 200, body: fromQuote(quote.value) } : quote;
    },
    placeOrder: async ({ body, principal, idempotency }) => {
      const buyer = readBuyer(body);
      if (!buyer.ok) return buyer;
      const expectedTotal = parseMoney(body.expected_total, body.currency);
      if (!expectedTotal.ok)
        return refuse('PRICE_CHANGED', `${expectedTotal.error.detail}; request a new quote.`);
      const placed = await order.placeOrder(
        {
          customer: customerOf(principal),
          cartVersion: body.cart_version,
          ...buyer.value,
          shippingOptionId: body.shipping_option_id,
          payment: paymentOf(body),
          expectedTotal: expectedTotal.value,
          quoteToken: body.quote_token,
        },
        idempotency,
      );
      if (!placed.ok) return placed;
      const shown = answer(201, placed.value, principal);
      const location = `/api/v1/orders/${placed.value.state.orderId}`;
      return { ...shown, headers: { ...shown.headers, Location: location } };
    },
    listOrders: async ({ query, principal }) => {
      const page = await order.queries.page({ limit: 24, ...query });
      return page.ok ? { status: 200, body: fromPage(page.value, viewerOf(principal)) } : page;
    },
    listStaffOrders: async ({ query }) => {
      const { limit = 24, cursor, sort = 'newest', view = 'all' } = query;
      const page = await order.queries.search({
        limit,
        cursor,
        sort,
        filters: [VIEWS[view], toFilter(query)],
      });
      return page.ok ? { status: 200, body: fromSummaries(page.value) } : page;
    },
    countStaffOrders: async ({ query }) => {
      const views = [...new Set(query.view ?? VIEW_NAMES)];
      const items = await Promise.all(
        views.map(async (view) => {
          const found = await order.queries.countUpTo(MOST_COUNTED + 1, VIEWS[view]);
          return { view, count: Math.min(found, MOST_COUNTED), is_more: found > MOST_COUNTED };
        }),
      );
      return { status: 200, body: { items } };
    },
    listOrdersOfUser: async ({ path, query, principal }) => {
      if (customerOf(principal).userId !== path.user_id && !hasRole(principal, 'order_manager'))
        return refuse('FORBIDDEN', 'These orders belong to another user.');
      const page = await order.queries.page({ limit: 24, ...query, userId: path.user_id });
      return page.ok ? { status: 200, body: fromPage(page.value, viewerOf(principal)) } : page;
    },
    getOrder: async ({ path, principal }) => {
      const found = await find(path.order_id, principal);
      return found ? answer(200, found, principal) : NOT_FOUND;
    },
    watchOrder: async ({ path, headers, principal, signal }) => {
      const watch = order.progress.watch(path.order_id, signal);
      const found = await find(path.order_id, principal).catch((error: unknown) => {
        watch.close();
        throw error;
      });
      if (!found) {
        watch.close();
        return NOT_FOUND;
      }
      const seen = Number(headers['last-event-id'] ?? 0);
      const body = orderStream(found, seen, order.queries, watch, viewerOf(principal));
      return { status: 200, type: 'text/event-stream', body };
    },
    cancelOrder: async ({ path, principal }) => {
      const done = await order.commandOrder(path.order_id, { type: 'cancel' }, caller(principal));
      return done.ok ? answer(200, done.value, principal) : done;
    },
    refundOrder: async ({ path, body, principal, idempotency }) => {
      const command = toRefund(body, order.newId());
      if (!command.ok) return command;
      const done = await order.commandOrder(path.order_id, command.value, caller(principal), idempotency);
      return done.ok ? answer(202, done.value, principal) : done;
    },
    quoteRefund: async ({ path, query, principal }) => {
      const found = await find(path.order_id, principal);
      if (!found) return NOT_FOUND;
      const parts = partsOf(found.state, {
        lines: (query.line ?? []).map(toLineUnits),
        shipping: query.shipping ?? false,
      });
      return parts.ok ? { status: 200, body: fromRefundQuote(found.state, parts.value) } : parts;
    },
    resolveCase: async ({ path, body, principal, idempotency }) => {
      const command = {
        type: 'resolve-case',
        caseId: body.case_id,
        resolution: body.resolution,
        restock: body.restock ?? false,
      } as const;
      const done = await order.commandOrder(path.order_id, command, caller(principal), idempotency);
      return done.ok ? answer(200, done.value, principal) : done;
    },
  };
};
