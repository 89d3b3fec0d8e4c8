import { systemClock } from '#client/clock.ts';
import { orderEvents } from '#client/order-events.ts';
import { RETRIES } from '#client/retries.ts';
import { swap } from './swap.ts';
import { announce } from './visitor.ts';

/** Shows the order again whenever its timeline grows. The new page begins where this one ends. */
export const progress = (element: HTMLElement): void => {
  const { order = '', seen = '0' } = element.dataset;
  void follow(order, Number(seen)).catch(() => undefined); // the page still says how things were
};

const follow = async (orderId: string, seen: number): Promise<void> => {
  const send = (request: Request): Promise<Response> => {
    request.headers.set('x-shop-client', 'shop');
    return fetch(request);
  };
  const from = { fetch: send, clock: systemClock, retries: RETRIES };
  const url = `${location.origin}/api/v1/orders/${encodeURIComponent(orderId)}/events`;
  for await (const entry of orderEvents(from, url, { after: seen })) {
    await swap(location.href, false);
    announce(entry.detail);
    return;
  }
};
