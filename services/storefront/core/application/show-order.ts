import { orderPage } from '../domain/order-page.ts';
import { framed, visited, visitorOf, type Outcome, type Pages, type Request } from './visited.ts';

/** Only its customer gets an order; for others, it does not exist. */
export const makeShowOrder =
  (pages: Pages) =>
  async (request: Request, orderId: string, isNew: boolean): Promise<Outcome> => {
    const now = visited(pages, request);
    const [order, visitor] = await Promise.all([now.shop.order(orderId), visitorOf(now)]);
    return order && framed(now, orderPage(order, isNew, now.format), { visitor });
  };
