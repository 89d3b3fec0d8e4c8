import { hasRole, isUser, type Principal } from '#adapters/auth/principal.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import { personalDataHandlers } from '#adapters/http/personal-data.ts';
import type { IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { PersonalData } from '#kernel/personal-data.ts';
import { parseMoney } from '#kernel/money.ts';
import { refuse, type Err, type Refusal } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/payment.ts';
import type { OpenPayment } from '../../core/application/open-payment.ts';
import type { PaymentRefusal } from '../../core/domain/commands.ts';
import { isFree, type Payment } from '../../core/domain/payment.ts';
import type { PaymentGateway } from '../../core/ports/payment-gateway.ts';
import type { PaymentQueries } from '../../core/ports/payment-queries.ts';
import type { PaymentCode } from './errors.ts';
import { fromLedger, fromPayment } from './mapping.ts';

export interface PaymentUseCases {
  readonly openPayment: OpenPayment;
  readonly queries: PaymentQueries;
  readonly gateway: Pick<PaymentGateway, 'exchange'>;
  readonly personalData: PersonalData;
}

const REFUSED = refuse('TOKEN_REFUSED', 'The payment gateway does not accept the token.');
const NOT_FOUND = refuse('PAYMENT_NOT_FOUND', 'There is no such payment.');

const NOT_KEPT = { 'Cache-Control': 'no-store' };

/** Customers get 404 for payments of other users. */
const maySee = (principal: Principal, { customer }: Payment): boolean =>
  isUser(principal, customer.userId) || hasRole(principal, 'order_manager');

export const makeHandlers = ({
  openPayment,
  queries,
  gateway,
  personalData,
}: PaymentUseCases): Handlers<operations, PaymentCode> => ({
  ...personalDataHandlers(personalData),
  listPayments: async ({ query, principal }) => {
    const payment = await queries.ofOrder(query.order_id);
    const items = payment && maySee(principal, payment) ? [fromPayment(payment)] : [];
    return { status: 200, body: { items } };
  },
  listStaffPayments: async ({ query }) => {
    const { status, failed_at: failedAt, from, limit = 24, cursor } = query;
    const since = from === undefined ? undefined : new Date(from);
    const page = await queries.page({ status, failedAt, from: since, limit, cursor });
    if (!page.ok) return page;
    const { items, next } = page.value;
    return {
      status: 200,
      body: { items: items.map(fromPayment), ...(next === undefined ? {} : { next_cursor: next }) },
    };
  },
  createPayment: async ({ body, idempotency }) => {
    const { order_id: orderId, customer, payment_token: token = '' } = body;
    const amount = parseMoney(body.amount, body.currency);
    if (!amount.ok) return amount;
    if (token === '' && !isFree({ amount: amount.value }))
      return refuse('PAYMENT_TOKEN_REQUIRED', 'A payment token is required unless the amount is 0.');
    const opened = await openPayment(
      {
        orderId,
        customer: { userId: customer.user_id, email: customer.email, name: customer.name },
        amount: amount.value,
        token,
      },
      idempotency,
    );
    if (!opened.ok) return refusalOf(opened.error);
    const headers = { Location: `/api/v1/payments/${opened.value.paymentId}` };
    return { status: 201, headers, body: fromPayment(opened.value) };
  },
  issuePaymentToken: async ({ body }) => {
    const token = await gateway.exchange(body.reusable_token);
    return token === undefined ? REFUSED : { status: 200, headers: NOT_KEPT, body: { payment_token: token } };
  },
  getPayment: async ({ path, principal }) => {
    const payment = await queries.find(path.payment_id);
    return payment && maySee(principal, payment) ? { status: 200, body: fromPayment(payment) } : NOT_FOUND;
  },
  getLedger: async ({ path }) => {
    const payment = await queries.find(path.payment_id);
    if (!payment) return NOT_FOUND;
    return { status: 200, body: fromLedger(payment, await queries.ledger(payment.paymentId)) };
  },
});

/** The reason why no payment was opened. */
const refusalOf = ({
  code,
  detail,
}: PaymentRefusal | IdempotencyRefusal): Err<
  Refusal<'PAYMENT_CANCELLED' | 'PAYMENT_DIFFERS' | 'IDEMPOTENCY_KEY_REUSED'>
> => {
  switch (code) {
    case 'PAYMENT_CANCELLED':
    case 'PAYMENT_DIFFERS':
    case 'IDEMPOTENCY_KEY_REUSED':
      return refuse(code, detail);
    default:
      throw new Error(`${code} is not a documented refusal of a new payment`);
  }
};
