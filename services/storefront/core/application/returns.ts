import type { ReturnsPage } from '#contracts/pages/storefront.ts';
import { parseMoney } from '#kernel/money.ts';
import { hrefWith } from '../domain/links.ts';
import { returnView } from '../domain/return-view.ts';
import type { ReturnWish } from '../ports/returns.ts';
import { toGateway, type CheckoutSettings } from './checkout.ts';
import {
  framed,
  see,
  visited,
  visitorOf,
  type Customer,
  type Outcome,
  type Pages,
  type Request,
} from './visited.ts';

/** What customers and guests send back. */
export interface ReturnPages {
  /** @param wish with no lines if no units were chosen */
  request(request: Request, orderId: string, wish: ReturnWish): Promise<Outcome>;
  cancel(request: Request, orderId: string, returnId: string): Promise<Outcome>;
  /** Leads to the payment gateway, which returns to the order with a token in place of the card. */
  enterCard(request: Request, orderId: string, returnId: string): Outcome;
  pay(request: Request, orderId: string, returnId: string, payment: ExchangePayment): Promise<Outcome>;
  showOwn(
    request: Request,
    customer: Customer,
    cursor: string | undefined,
    notice: string | undefined,
  ): Promise<Outcome>;
}

export interface ExchangePayment {
  readonly paymentToken: string;
  readonly currency: string;
  /** Decimal. */
  readonly expectedTotal: string;
}

const PATH = '/account/returns';

const orderWith = (orderId: string, notice: string): Outcome =>
  see(hrefWith(`/orders/${orderId}`, [['notice', notice]]));

export const makeReturnPages = (pages: Pages, settings: CheckoutSettings): ReturnPages => ({
  request: async (request, orderId, wish) => {
    if (wish.lines.length === 0) return orderWith(orderId, 'NOTHING_CHOSEN');
    const asked = await visited(pages, request).shop.requestReturn(orderId, wish);
    return orderWith(orderId, asked.ok ? 'RETURN_REQUESTED' : asked.error.code);
  },
  cancel: async (request, orderId, returnId) => {
    const cancelled = await visited(pages, request).shop.cancelReturn(orderId, returnId);
    return orderWith(orderId, cancelled.ok ? 'RETURN_CANCELLED' : cancelled.error.code);
  },
  enterCard: (request, orderId, returnId) =>
    toGateway(settings, request, hrefWith(`/orders/${orderId}`, [['exchange', returnId]])),
  pay: async (request, orderId, returnId, { paymentToken, currency, expectedTotal }) => {
    const total = parseMoney(Number(expectedTotal), currency);
    if (!total.ok) return orderWith(orderId, 'PRICE_CHANGED');
    const payment = { paymentToken, total: total.value };
    const paid = await visited(pages, request).shop.payExchange(orderId, returnId, payment);
    return orderWith(orderId, paid.ok ? 'EXCHANGE_PAID' : paid.error.code);
  },
  showOwn: async (request, { userId }, cursor, notice) => {
    const now = visited(pages, { ...request, path: PATH });
    const [{ items, next }, visitor] = await Promise.all([
      now.shop.ownReturns(userId, cursor),
      visitorOf(now),
    ]);
    const page: ReturnsPage = {
      kind: 'returns',
      notice,
      returns: items.map((one) => returnView(one, now.format)),
      nextHref: next === undefined ? undefined : hrefWith(PATH, [['cursor', next]]),
    };
    return framed(now, page, { visitor });
  },
});
