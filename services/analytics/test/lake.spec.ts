import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { eventAbout } from '#test/kit/events.ts';
import { openTestService } from '#test/kit/http.ts';
import { STORES } from '#test/kit/stores.ts';
import { lakeTypes } from '../adapters/lake/columns.ts';
import { lakeHandlers } from '../adapters/messaging/lake-consumer.ts';
import { analytics as module } from '../main/module.ts';
import { lakeFolder, readLake } from './lake.rig.ts';
import { makeCatalog } from './neighbours.rig.ts';

const USER = '0190a000-0000-7000-8000-0000000000ff';

const open = async (store: (typeof STORES)[number]) => {
  const folder = lakeFolder();
  const env = { ANALYTICS_FILE: join(temporaryFolder(), 'warehouse'), ANALYTICS_LAKE: folder };
  const service = await openTestService(store, module, { clients: makeCatalog().clients, env });
  const hear = async (...events: readonly EventEnvelope[]): Promise<void> => {
    for (const consumer of service.consumers)
      if (events.some(({ event_type }) => consumer.topics.includes(event_type)))
        await consumer.handle(events.filter(({ event_type }) => consumer.topics.includes(event_type)));
  };
  const fill = async (): Promise<void> => {
    for (const { sweep } of service.sweeps) await sweep(service.toolbox.clock.now());
  };
  return { ...service, folder, hear, fill };
};

const orderOf = (userId: string, orderId = systemIds.next()): EventEnvelope<'order.placed'> =>
  eventAbout(orderId, 'order.placed', {
    order_id: orderId,
    customer: { user_id: userId, name: 'Ann Example', email: 'ann@example.com' },
    cart_id: userId,
    items: [{ product_id: systemIds.next(), quantity: 2, price: 19.99, total: 39.98 }],
    total_amount: 44.88,
    placed_at: '2026-03-01T11:59:59.500Z',
  });

it('each event with columns in contracts/lake is heard for the lake, and no other', () => {
  expect(Object.keys(lakeHandlers).sort()).toEqual(lakeTypes);
});

describe.each(STORES)('the lake, filled from %s', (store) => {
  it('has the events by type and day, each with its columns', async () => {
    const { hear, fill, folder } = await open(store);
    const placed = orderOf(USER);
    await hear(placed, eventAbout(systemIds.next(), 'search.performed', { query: 'lamp', hits: 3 }));
    await fill();
    const files = globSync('**/*.parquet', { cwd: folder });
    expect(files.map((file) => file.split('/').slice(0, 2)).sort()).toEqual([
      ['event_type=order.placed', 'day=2026-03-01'],
      ['event_type=search.performed', 'day=2026-03-01'],
    ]);
    const { items, total_amount, order_id } = placed.payload;
    const [row] = await readLake(folder, 'order.placed');
    expect(row).toMatchObject({
      event_id: placed.event_id,
      event_version: 2,
      recorded_at: '2026-03-01 12:00:00+00',
      day: '2026-03-01',
      order_id,
      total_amount: total_amount.toFixed(4),
      placed_at: '2026-03-01 11:59:59.5+00',
      items: [{ product_id: items[0]?.product_id, quantity: '2', price: '19.9900', total: '39.9800' }],
      prices_include_tax: null,
    });
    expect(row?.['shopper']).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(row)).not.toMatch(/ann|0000000000ff/i);
  });

  it('has one pseudonym for all that a user does, and another after none for an erased one', async () => {
    const { hear, fill, folder, send, toolbox } = await open(store);
    const guest = systemIds.next();
    const cart = systemIds.next();
    const ofGuest = orderOf(guest, guest);
    await hear(
      orderOf(USER),
      eventAbout(USER, 'cart.item_added', { cart_id: USER, user_id: USER }),
      { ...ofGuest, payload: { ...ofGuest.payload, cart_id: cart } },
      eventAbout(cart, 'cart.item_added', { cart_id: cart }),
    );
    const token = await toolbox.serviceToken('user', 'personal-data:erase');
    const erase = () => send('POST', '/internal/v1/personal-data/erase', { token, body: { user_id: USER } });
    expect((await erase()).body).toEqual({
      done: true,
      erased: [{ kind: 'pseudonyms', count: 1 }],
      kept: [],
    });
    expect((await erase()).body).toEqual({ done: true, erased: [], kept: [] });
    await hear(eventAbout(USER, 'cart.item_added', { cart_id: USER, user_id: USER }));
    await fill();
    const shoppers = async (type: string) => (await readLake(folder, type)).map(({ shopper }) => shopper);
    const [placed, added] = [await shoppers('order.placed'), await shoppers('cart.item_added')];
    expect([...added].sort()).toEqual([...placed, null].sort());
    expect(new Set(placed).size).toBe(2);
    expect(JSON.stringify([placed, added])).not.toMatch(new RegExp(`${USER}|${cart}|${guest}`));
  });

  it('has each event once, however often it is delivered, and whatever is killed between a file and its end', async () => {
    const { hear, fill, folder } = await open(store);
    const events = Array.from({ length: 5 }, () => orderOf(USER));
    await hear(...events.slice(0, 3));
    await hear(...events);
    await fill();
    await hear(...events);
    await fill();
    const ids = (await readLake(folder, 'order.placed')).map(({ event_id }) => event_id);
    expect(ids).toEqual(events.map(({ event_id }) => event_id).sort());
  });
});
