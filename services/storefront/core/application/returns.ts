import type { ReturnsPage } from '#contracts/pages/storefront.ts';
import { hrefWith } from '../domain/links.ts';
import { returnView } from '../domain/return-view.ts';
import type { ReturnWish } from '../ports/returns.ts';
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
  showOwn(
    request: Request,
    customer: Customer,
    cursor: string | undefined,
    notice: string | undefined,
  ): Promise<Outcome>;
}

const PATH = '/account/returns';

const orderWith = (orderId: string, notice: string): Outcome =>
  see(hrefWith(`/orders/${orderId}`, [['notice', notice]]));

export const makeReturnPages = (pages: Pages): ReturnPages => ({
  request: async (request, orderId, wish) => {
    if (wish.lines.length === 0) return orderWith(orderId, 'NOTHING_CHOSEN');
    const asked = await visited(pages, request).shop.requestReturn(orderId, wish);
    return orderWith(orderId, asked.ok ? 'RETURN_REQUESTED' : asked.error.code);
  },
  cancel: async (request, orderId, returnId) => {
    const cancelled = await visited(pages, request).shop.cancelReturn(orderId, returnId);
    return orderWith(orderId, cancelled.ok ? 'RETURN_CANCELLED' : cancelled.error.code);
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
