import { describe, expect, it } from 'vitest';
import { createShopClient, ShopError, type TimelineEntry } from '../src/index.ts';
import { FakeClock, FakeShop, problem, stream } from './fake-shop.ts';

const entry = (id: number, status: string): string =>
  `id: ${id}\nevent: timeline\ndata: {"status":"${status}","at":"","detail":""}\n\n`;

const watch = async (shop: FakeShop, options = {}): Promise<readonly string[]> => {
  const client = createShopClient({ baseUrl: 'http://shop.test', fetch: shop.fetch, clock: new FakeClock() });
  const seen: TimelineEntry[] = [];
  for await (const one of client.watchOrder('o', options)) seen.push(one);
  return seen.map(({ status }) => status);
};

const BROKEN = new TypeError('terminated');

describe('the events of an order', () => {
  it('arrive separately, however the stream is split, until the order is final', async () => {
    const text = `${entry(1, 'pending')}: still there\n\n${entry(2, 'confirmed')}${entry(3, 'delivered')}`;
    const pieces = [text.slice(0, 7), text.slice(7, 60), text.slice(60)];
    const shop = new FakeShop(stream(pieces));
    expect(await watch(shop)).toEqual(['pending', 'confirmed', 'delivered']);
    expect(shop.calls).toEqual(['GET /api/v1/orders/o/events']);
  });

  it('continue where they were if the connection breaks or ends early', async () => {
    const shop = new FakeShop(
      stream([entry(1, 'pending'), 'id: 2\nevent: time'], BROKEN),
      stream([entry(2, 'confirmed')]),
      stream([entry(3, 'cancelled')]),
    );
    expect(await watch(shop)).toEqual(['pending', 'confirmed', 'cancelled']);
    expect(shop.headers('last-event-id')).toEqual([null, '1', '2']);
  });

  it('continue however often the connection breaks, as long as the shop responds in between', async () => {
    const quiet = Array.from({ length: 9 }, () => stream([': still there\n\n'], BROKEN));
    expect(await watch(new FakeShop(...quiet, stream([entry(1, 'delivered')])))).toEqual(['delivered']);
  });

  it('may have CRLF line ends, even split between chunks', async () => {
    const text = `${entry(1, 'pending')}${entry(2, 'delivered')}`.replaceAll('\n', '\r\n');
    const shop = new FakeShop(stream(text.split(/(?<=\r)/)));
    expect(await watch(shop)).toEqual(['pending', 'delivered']);
  });

  it('begin after the last known one', async () => {
    const shop = new FakeShop(stream([entry(3, 'delivered')]));
    expect(await watch(shop, { after: 2 })).toEqual(['delivered']);
    expect(shop.headers('last-event-id')).toEqual(['2']);
  });

  it('are refused like any other request', async () => {
    await expect(watch(new FakeShop(problem(404, 'ORDER_NOT_FOUND')))).rejects.toBeInstanceOf(ShopError);
  });

  it('fail if the connection keeps breaking', async () => {
    const shop = new FakeShop(...Array.from({ length: 4 }, () => stream([], BROKEN)));
    await expect(watch(shop)).rejects.toBe(BROKEN);
  });

  it('end when the consumer stops', async () => {
    const enough = new AbortController();
    const shop = new FakeShop(() => {
      enough.abort();
      return stream([], BROKEN);
    });
    expect(await watch(shop, { signal: enough.signal })).toEqual([]);
  });
});
