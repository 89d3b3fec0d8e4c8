import { describe, expect, it } from 'vitest';
import type { Role } from '#adapters/auth/principal.ts';
import { until } from '#test/kit/conditions.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import { openGateway } from './stub.ts';

const gateway = forEachTest(() =>
  openGateway({ GATEWAY_STREAM_CHECK_MS: '10', GATEWAY_STREAMS_PER_USER: '2' }),
);

const USER = '0190a000-0000-7000-8000-00000000000c';
const SESSION = '0190a000-0000-7000-8000-00000000000a';
const ORDER = '0190a000-0000-7000-8000-000000000001';

const watch = async (roles: readonly Role[], last?: string) => {
  const token = await gateway.userToken(SESSION, USER, roles);
  const abort = new AbortController();
  const response = await fetch(`${gateway.url}/api/v1/staff/events`, {
    headers: { authorization: `Bearer ${token}`, ...(last === undefined ? {} : { 'last-event-id': last }) },
    signal: abort.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  return {
    status: response.status,
    next: async () => {
      const { value } = (await reader?.read()) ?? {};
      if (value === undefined) throw new Error('the stream has ended');
      const [, id = '', event = '', data = ''] = /^id: (.*)\nevent: (.*)\ndata: (.*)\n\n$/.exec(value) ?? [];
      return { id, event, data: JSON.parse(data === '' ? 'null' : data) as unknown };
    },
    ended: async () => {
      for (;;) if ((await reader?.read())?.done !== false) return;
    },
    close: () => abort.abort(),
  };
};

const publish = (...ids: readonly string[]): Promise<void> =>
  gateway.bus.publish([
    ...ids.map((id) => eventAbout(id, 'order.confirmed')),
    eventAbout(USER, 'inventory.low_stock', { sku: 'ABC' }),
  ]);

describe('events for staff', () => {
  it('name what has changed, of what the caller may list', async () => {
    const [orders, stock, all] = [
      await watch(['order_manager']),
      await watch(['inventory_manager']),
      await watch(['admin']),
    ];
    expect(all.status).toBe(429); // two streams are open
    stock.close();
    await until(async () => (await watch(['admin'])).status === 200);
    expect(await orders.next()).toMatchObject({ event: 'reset', data: {} });
    await publish(ORDER);
    expect(await orders.next()).toMatchObject({
      event: 'changed',
      data: { changes: [{ kind: 'order', ids: [ORDER] }] },
    });
  });

  it('contain nothing that the caller may not list', async () => {
    const stock = await watch(['inventory_manager']);
    expect(await stock.next()).toMatchObject({ event: 'reset' });
    await publish(ORDER);
    expect(await stock.next()).toMatchObject({ data: { changes: [{ kind: 'stock', ids: ['ABC'] }] } });
    expect((await watch(['catalog_manager'])).status).toBe(403);
    expect((await watch([])).status).toBe(403);
  });

  it('report many changes at once', async () => {
    const orders = await watch(['order_manager']);
    await orders.next();
    await publish(
      ...Array.from({ length: 500 }, (_, at) => `0190a000-0000-7000-8000-${String(at).padStart(12, '0')}`),
    );
    let received = 0;
    for (let isAll = false; !isAll; received += 1) {
      const { data } = await orders.next();
      isAll = JSON.stringify(data) === '{"changes":[{"kind":"order"}]}';
    }
    expect(received).toBeLessThanOrEqual(3);
  });

  it('go on after the last one that was received, or begin again if that is unknown', async () => {
    const first = await watch(['order_manager']);
    const { id } = await first.next();
    first.close();
    await publish(ORDER);
    await gateway.bus.caughtUp('gateway.staff-events');
    const second = await watch(['order_manager'], id);
    expect(await second.next()).toMatchObject({ event: 'changed', data: { changes: [{ ids: [ORDER] }] } });
    second.close();
    let third = await watch(['order_manager'], '1-1');
    while (third.status === 429) third = await watch(['order_manager'], '1-1');
    expect(await third.next()).toMatchObject({ event: 'reset' });
  });

  it('end with the session', async () => {
    const orders = await watch(['order_manager']);
    await orders.next();
    const now = Date.now();
    await gateway.bus.publish([
      eventAbout(USER, 'user.access_revoked', {
        session_id: SESSION,
        revoked_before: new Date(now).toISOString(),
        expired_by: new Date(now + 300_000).toISOString(),
      }),
    ]);
    await orders.ended();
    expect((await watch(['order_manager'])).status).toBe(401);
  });
});
