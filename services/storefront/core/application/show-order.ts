import type { TrackPage } from '#contracts/pages/storefront.ts';
import { normalizeEmail } from '#kernel/email.ts';
import { orderPage, progressOf } from '../domain/order-page.ts';
import type { EnteredCard } from '../domain/return-view.ts';
import { hrefWith } from '../domain/links.ts';
import { framed, see, visited, visitorOf, type Outcome, type Pages, type Request } from './visited.ts';

const hrefOf = (orderId: string): string => `/orders/${orderId}`;

/**
 * An order, for its customer, or for a guest whose browser has its token. For other customers it does not exist; other guests are
 * asked for its number and the address of its customer.
 */
export const makeShowOrder =
  (pages: Pages) =>
  async (
    request: Request,
    orderId: string,
    {
      isNew,
      notice,
      card,
    }: {
      readonly isNew: boolean;
      readonly notice: string | undefined;
      readonly card?: EnteredCard | undefined;
    },
  ): Promise<Outcome> => {
    const now = visited(pages, request);
    const { customer, visit } = request;
    const isKnown = customer !== undefined || visit.orderTokens.some((token) => token.startsWith(orderId));
    const [order, documents, visitor] = await Promise.all([
      isKnown ? now.shop.order(orderId) : undefined,
      isKnown ? now.shop.documents(orderId) : [],
      visitorOf(now),
    ]);
    if (order) {
      const returns =
        order.status === 'delivered' || order.status === 'refunded' ? await now.shop.returnsOf(orderId) : [];
      const shown = { isNew, notice, card, isGuest: customer === undefined, returns, documents };
      const page = orderPage(order, shown, now.format);
      return framed(now, page, { visitor });
    }
    return customer ? undefined : framed(now, { ...TRACK, orderId }, { visitor });
  };

const TRACK: TrackPage = {
  kind: 'track',
  orderId: undefined,
  entered: {},
  faults: [],
  progress: undefined,
};

export const makeShowTracking =
  (pages: Pages) =>
  async (request: Request): Promise<Outcome> => {
    const now = visited(pages, request);
    return framed(now, TRACK, { visitor: await visitorOf(now) });
  };

/** The progress of an order, for those who know its number and the address of its customer. */
export const makeTrack =
  (pages: Pages) =>
  async (request: Request, number: string, email: string): Promise<Outcome> => {
    const now = visited(pages, request);
    const [progress, visitor] = await Promise.all([
      now.shop.track(number.trim(), normalizeEmail(email)),
      visitorOf(now),
    ]);
    const page: TrackPage = {
      ...TRACK,
      entered: { number, email },
      faults: progress ? [] : [{ field: undefined, message: 'ORDER_NOT_FOUND' }],
      progress: progress && progressOf(progress, now.format),
    };
    return framed(now, page, { visitor });
  };

/** Opens an order by the link of a mail to a guest: the gateway keeps its token. */
export const makeOpenOrder =
  ({ shopFor }: Pages) =>
  async ({ visit }: Request, orderId: string, token: string): Promise<Outcome> => {
    const order = await shopFor({ ...visit, orderTokens: [token] }).order(orderId);
    return order ? see(hrefOf(orderId), { order: token }) : see('/track');
  };

export const makeCancelOrder =
  (pages: Pages) =>
  async (request: Request, orderId: string): Promise<Outcome> => {
    const cancelled = await visited(pages, request).shop.cancelOrder(orderId);
    return see(hrefWith(hrefOf(orderId), [['notice', cancelled.ok ? undefined : cancelled.error.code]]));
  };
