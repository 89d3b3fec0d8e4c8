import { hasRole, isUser, type Principal } from '#adapters/auth/principal.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import { personalDataHandlers } from '#adapters/http/personal-data.ts';
import type { Clock } from '#kernel/clock.ts';
import { normalizeEmail } from '#kernel/email.ts';
import type { PersonalData } from '#kernel/personal-data.ts';
import { parseMoney, type InvalidAmount } from '#kernel/money.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/order.ts';
import type { PaymentChoice } from '../../core/application/check-request.ts';
import type { Asked } from '../../core/application/command-order.ts';
import type { makeChangeAddress } from '../../core/application/change-address.ts';
import type { makeDocumentsOf, makeInvoiceOf } from '../../core/application/issue-invoices.ts';
import type { makePlaceOrder } from '../../core/application/place-order.ts';
import type { makeQuoteCheckout } from '../../core/application/quote-checkout.ts';
import { creditSerialOf, type CreditNote } from '../../core/domain/credit-note.ts';
import type { Invoice } from '../../core/domain/invoice.ts';
import { partsOf } from '../../core/domain/line-refunds.ts';
import type { Order } from '../../core/domain/order.ts';
import type { LineUnits } from '../../core/domain/refunds.ts';
import type { OrderQueries } from '../../core/ports/order-queries.ts';
import type { OrderProgress } from '../../core/ports/order-progress.ts';
import type { VersionedOrder } from '../../core/ports/order-tx.ts';
import { caller, makeAsking, type Asking } from './asking.ts';
import { readBuyer, readShippingAddress } from './buyer.ts';
import type { OrderTokens } from '../security/order-tokens.ts';
import type { OrderCode } from './errors.ts';
import { cartOwner, keyedBy, readCustomer } from './guest.ts';
import {
  fromDocuments,
  fromOrder,
  fromPage,
  fromProgress,
  fromQuote,
  fromRefundQuote,
  shownVersion,
} from './mapping.ts';
import { orderStream } from './order-stream.ts';
import { makeReturnHandlers, type ReturnUseCases } from './returns.ts';
import { makeStaffHandlers, type StaffUseCases } from './staff.ts';

export interface OrderUseCases extends StaffUseCases, ReturnUseCases {
  readonly queries: OrderQueries;
  readonly clock: Clock;
  /** How long after the delivery customers may return goods. */
  readonly returnWindowMs: number;
  readonly quoteCheckout: ReturnType<typeof makeQuoteCheckout>;
  readonly placeOrder: ReturnType<typeof makePlaceOrder>;
  readonly changeAddress: ReturnType<typeof makeChangeAddress>;
  readonly progress: OrderProgress;
  readonly newId: () => string;
  readonly personalData: PersonalData;
  readonly tokens: OrderTokens;
  readonly invoiceOf: ReturnType<typeof makeInvoiceOf>;
  readonly documentsOf: ReturnType<typeof makeDocumentsOf>;
  readonly printInvoice: (order: Order, invoice: Invoice) => Promise<Uint8Array>;
  readonly printCreditNote: (order: Order, invoice: Invoice, note: CreditNote) => Promise<Uint8Array>;
}

type RefundBody = operations['refundOrder']['requestBody']['content']['application/json'];

const NOT_FOUND = refuse('ORDER_NOT_FOUND', 'There is no such order.');

const paymentOf = ({
  payment_token: token,
  payment_method_id: methodId,
}: components['schemas']['OrderInput']): PaymentChoice | undefined => {
  if (token !== undefined) return { token };
  return methodId === undefined ? undefined : { methodId };
};

const toRefund = (body: RefundBody, refundKey: string): Result<Asked, InvalidAmount> => {
  const { reason } = body;
  if ('lines' in body) {
    const lines = body.lines.map(({ variant_id, quantity }) => units(variant_id, quantity));
    const wish = { lines, shipping: body.shipping ?? false };
    const restock = lines.filter((_, index) => body.lines[index]?.restock);
    return ok({ type: 'refund-lines', refundKey, wish, reason, restock });
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

export const makeHandlers = (order: OrderUseCases): Handlers<operations, OrderCode> => {
  const asking = makeAsking(order.tokens, order.clock, order.returnWindowMs);
  const { askingWith, viewerOf } = asking;
  /** The order as the caller may see it. */
  const find = async (orderId: string, asking: Asking): Promise<VersionedOrder | undefined> => {
    const found = await order.queries.find(orderId);
    return found && caller(asking)(found.state) ? found : undefined;
  };
  const answer = <Status extends number>(
    status: Status,
    { state }: VersionedOrder,
    principal: Principal,
  ) => ({
    status,
    headers: { ETag: etag(shownVersion(state)) },
    body: fromOrder(state, viewerOf(principal)),
  });

  return {
    ...personalDataHandlers(order.personalData),
    ...makeStaffHandlers(order, viewerOf),
    ...makeReturnHandlers(order, asking),
    quoteCheckout: async ({ body, headers, principal }) => {
      const owner = cartOwner(principal, headers['x-cart-token'], body);
      if (!owner.ok) return owner;
      const buyer = readBuyer(body);
      if (!buyer.ok) return buyer;
      const quote = await order.quoteCheckout(owner.value, buyer.value.address);
      return quote.ok ? { status: 200, body: fromQuote(quote.value) } : quote;
    },
    placeOrder: async ({ body, headers, principal, idempotency }) => {
      const owner = cartOwner(principal, headers['x-cart-token'], body);
      if (!owner.ok) return owner;
      const customer = readCustomer(principal, body);
      if (!customer.ok) return customer;
      const buyer = readBuyer(body);
      if (!buyer.ok) return buyer;
      const expectedTotal = parseMoney(body.expected_total, body.currency);
      if (!expectedTotal.ok)
        return refuse('PRICE_CHANGED', `${expectedTotal.error.detail}; request a new quote.`);
      const placed = await order.placeOrder(
        {
          customer: customer.value,
          owner: owner.value,
          cartVersion: body.cart_version,
          ...buyer.value,
          shippingOptionId: body.shipping_option_id,
          payment: paymentOf(body),
          expectedTotal: expectedTotal.value,
          quoteToken: body.quote_token,
        },
        keyedBy(owner.value, idempotency),
      );
      if (!placed.ok) return placed;
      const { state } = placed.value;
      const shown = answer(201, placed.value, principal);
      const isGuest = principal.kind !== 'user';
      return {
        ...shown,
        headers: { ...shown.headers, Location: `/api/v1/orders/${state.orderId}` },
        body: { ...shown.body, ...(isGuest ? { order_token: order.tokens.issue(state) } : {}) },
      };
    },
    lookUpOrder: async ({ body }) => {
      const found = await order.queries.ofCustomer(
        body.order.trim().toLowerCase(),
        normalizeEmail(body.email),
      );
      return found ? { status: 200, body: fromProgress(found) } : NOT_FOUND;
    },
    listOrders: async ({ query, principal }) => {
      const page = await order.queries.page({ limit: 24, ...query });
      return page.ok ? { status: 200, body: fromPage(page.value, viewerOf(principal)) } : page;
    },
    listOrdersOfUser: async ({ path, query, principal }) => {
      if (!isUser(principal, path.user_id) && !hasRole(principal, 'order_manager'))
        return refuse('FORBIDDEN', 'These orders belong to another user.');
      const page = await order.queries.page({ limit: 24, ...query, userId: path.user_id });
      return page.ok ? { status: 200, body: fromPage(page.value, viewerOf(principal)) } : page;
    },
    getOrder: async ({ path, headers, principal }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const found = await find(path.order_id, asking.value);
      return found ? answer(200, found, principal) : NOT_FOUND;
    },
    getInvoice: async ({ path, headers, principal }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const found = await find(path.order_id, asking.value);
      if (!found) return NOT_FOUND;
      const invoice = await order.invoiceOf(found.state);
      return invoice
        ? { status: 200, type: 'application/pdf', body: await order.printInvoice(found.state, invoice) }
        : refuse('INVOICE_NOT_ISSUED', 'The order is not paid.');
    },
    listDocuments: async ({ path, headers, principal }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const found = await find(path.order_id, asking.value);
      if (!found) return NOT_FOUND;
      return { status: 200, body: fromDocuments(found.state, await order.documentsOf(found.state)) };
    },
    getCreditNote: async ({ path, headers, principal }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const found = await find(path.order_id, asking.value);
      if (!found) return NOT_FOUND;
      const documents = await order.documentsOf(found.state);
      const serial = creditSerialOf(path.number);
      const note = documents?.creditNotes.find((one) => one.serial === serial);
      return documents && note
        ? {
            status: 200,
            type: 'application/pdf',
            body: await order.printCreditNote(found.state, documents.invoice, note),
          }
        : refuse('CREDIT_NOTE_NOT_FOUND', 'The order has no such credit note.');
    },
    watchOrder: async ({ path, headers, principal, signal }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const watch = order.progress.watch(path.order_id, signal);
      const found = await find(path.order_id, asking.value).catch((error: unknown) => {
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
    cancelOrder: async ({ path, headers, principal }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const done = await order.commandOrder(path.order_id, { type: 'cancel' }, caller(asking.value));
      return done.ok ? answer(200, done.value, principal) : done;
    },
    changeShippingAddress: async ({ path, headers, body, principal, ifMatch }) => {
      const asking = askingWith(principal, headers['x-order-token']);
      if (!asking.ok) return asking;
      const address = readShippingAddress(body);
      if (!address.ok) return address;
      const done = await order.changeAddress(
        {
          orderId: path.order_id,
          address: address.value,
          isCurrent: (state) => ifMatch === undefined || ifMatch === shownVersion(state),
        },
        caller(asking.value),
      );
      return done.ok ? answer(200, done.value, principal) : done;
    },
    refundOrder: async ({ path, body, principal, idempotency }) => {
      const command = toRefund(body, order.newId());
      if (!command.ok) return command;
      const done = await order.commandOrder(
        path.order_id,
        command.value,
        caller({ viewer: viewerOf(principal) }),
        idempotency,
      );
      return done.ok ? answer(202, done.value, principal) : done;
    },
    quoteRefund: async ({ path, query, principal }) => {
      const found = await find(path.order_id, { viewer: viewerOf(principal) });
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
      const done = await order.commandOrder(
        path.order_id,
        command,
        caller({ viewer: viewerOf(principal) }),
        idempotency,
      );
      return done.ok ? answer(200, done.value, principal) : done;
    },
  };
};
