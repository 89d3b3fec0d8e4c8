import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import type { Answered } from '#test/kit/http.ts';
import { analytics as module } from '../main/module.ts';
import { makeCatalog } from './neighbours.rig.ts';
import { visitAt } from './warehouse.mother.ts';

const SALES = '/api/v1/staff/analytics/sales';
const TOP = '/api/v1/staff/analytics/top-products';
const PRODUCT = systemIds.next();

const service = serviceForEachTest(module, { clients: makeCatalog().clients });

const hear = async (...events: readonly EventEnvelope[]): Promise<void> => {
  for (const consumer of service.consumers)
    await consumer.handle(events.filter(({ event_type }) => consumer.topics.includes(event_type)));
};
const read = async (path: string): Promise<Answered> =>
  service.send('GET', path, { token: await service.toolbox.tokenOf('u-1', 'order_manager') });

/** A file of CSV. */
const download = async (path: string) => {
  const token = await service.toolbox.tokenOf('u-1', 'order_manager');
  const response = await fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.headers.get('content-type')).toContain('text/csv');
  return {
    name: response.headers.get('content-disposition'),
    lines: (await response.text()).split('\n'),
  };
};

const placed = (placedAt: string, change: object = {}, orderId = systemIds.next()): EventEnvelope =>
  eventAbout(orderId, 'order.placed', {
    order_id: orderId,
    currency: 'EUR',
    items: [{ product_id: PRODUCT, quantity: 2, price: 10, tax: 3.2, total: 20 }],
    subtotal: 20,
    tax_total: 3.98,
    total_amount: 24.9,
    placed_at: placedAt,
    ...change,
  });

const NOTHING = { orders: 0, units: 0, gross: 0, tax: 0, shipping: 0, refunded: 0, net: 0, lines: 0 };
const BASKET = { average_order: 24.9, units_per_order: 2, lines_per_order: 1 };
const ONE = { orders: 1, units: 2, gross: 24.9, tax: 3.98, shipping: 4.9, refunded: 0, net: 24.9, lines: 1, ...BASKET }; // prettier-ignore

describe('the sales', () => {
  it('are those of the last seven days, each in the time zone of the shop', async () => {
    await hear(placed('2026-02-28T23:30:00Z'));
    const { status, body } = await read(SALES);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      time_zone: 'Europe/Berlin',
      from: '2026-02-23',
      to: '2026-03-01',
      granularity: 'day',
      as_of: '2026-02-28T23:30:00.000Z',
      currencies: [{ currency: 'EUR', total: ONE, before: NOTHING }],
    });
    expect(body.currencies[0].buckets).toHaveLength(7);
    expect(body.currencies[0].buckets.at(-1)).toEqual({ start: '2026-02-28T23:00:00.000Z', ...ONE });
  });

  it('are compared with those of as many days before, also in a currency that has none now', async () => {
    await hear(
      placed('2026-03-01T10:00:00Z'),
      placed('2026-02-28T10:00:00Z'),
      placed('2026-02-28T11:00:00Z', { currency: 'USD' }),
    );
    const { body } = await read(`${SALES}?from=2026-03-01&to=2026-03-01`);
    expect(body.currencies).toMatchObject([
      { currency: 'EUR', total: ONE, before: ONE },
      { currency: 'USD', total: NOTHING, before: ONE, buckets: [NOTHING] },
    ]);
    const alone = await read(`${SALES}?from=2026-03-01&to=2026-03-01&compare=false`);
    expect(alone.body.currencies).toHaveLength(1);
    expect(alone.body.currencies[0]).not.toHaveProperty('before');
  });

  it('can be read by hour', async () => {
    await hear(placed('2026-03-01T10:59:59Z'));
    const { body } = await read(`${SALES}?from=2026-03-01&to=2026-03-01&granularity=hour`);
    expect(body.currencies[0].buckets).toHaveLength(24);
    expect(body.currencies[0].buckets[11]).toEqual({ start: '2026-03-01T10:00:00.000Z', ...ONE });
  });

  it('go down by refunds, and leave out cancelled orders', async () => {
    const [kept, cancelled] = [systemIds.next(), systemIds.next()];
    await hear(
      placed('2026-03-01T10:00:00Z', {}, kept),
      placed('2026-03-01T10:00:00Z', {}, cancelled),
      eventAbout(kept, 'order.refunded', {
        order_id: kept,
        amount: 5.5,
        currency: 'EUR',
        refunded_at: '2026-03-01T11:00:00Z',
      }),
      eventAbout(cancelled, 'order.cancelled', { order_id: cancelled, cancelled_at: '2026-03-01T11:00:00Z' }),
    );
    const { body } = await read(SALES);
    expect(body.currencies[0].total).toEqual({ ...ONE, refunded: 5.5, net: 19.4 });
  });

  it('have what an exchange charges, which is neither an order nor a unit more', async () => {
    const [charged, cancelled] = [systemIds.next(), systemIds.next()];
    const exchange = {
      exchange_for: { order_id: systemIds.next(), return_id: systemIds.next() },
      items: [{ product_id: PRODUCT, quantity: 1, price: 5, tax: 0.8, total: 5 }],
      total_amount: 5,
      tax_total: 0.8,
    };
    const at = '2026-03-01T10:00:00Z';
    await hear(
      placed(at),
      placed(at, exchange, charged),
      placed(at, { ...exchange, total_amount: 0, tax_total: 0 }),
      eventAbout(charged, 'order.confirmed', { order_id: charged, confirmed_at: at }),
      placed(at, exchange, cancelled),
      eventAbout(cancelled, 'order.cancelled', { order_id: cancelled, cancelled_at: at }),
    );
    const { body } = await read(SALES);
    expect(body.currencies[0].total).toEqual({
      ...ONE,
      gross: 29.9,
      net: 29.9,
      tax: 4.78,
      average_order: 29.9,
    });
    expect((await read(TOP)).body.items).toMatchObject([{ orders: 1, units: 2 }]);
    const { total } = (await read('/api/v1/staff/analytics/customers')).body;
    expect(total).toMatchObject({ first_orders: 0, repeat_orders: 0, guest_orders: 0 });
  });

  it('can be downloaded as CSV', async () => {
    await hear(placed('2026-03-01T10:00:00Z'), placed('2026-03-01T10:00:00Z', { currency: 'USD' }));
    const file = await download(`${SALES}.csv?from=2026-02-28&to=2026-03-01`);
    expect(file.name).toContain('sales-2026-02-28-2026-03-01.csv');
    expect(file.lines).toEqual([
      'start,currency,orders,units,gross,tax,shipping,refunded,net,lines,average_order,units_per_order,lines_per_order',
      '2026-02-27T23:00:00.000Z,EUR,0,0,0,0,0,0,0,0,,,',
      '2026-02-28T23:00:00.000Z,EUR,1,2,24.9,3.98,4.9,0,24.9,1,24.9,2,1',
      '2026-02-27T23:00:00.000Z,USD,0,0,0,0,0,0,0,0,,,',
      '2026-02-28T23:00:00.000Z,USD,1,2,24.9,3.98,4.9,0,24.9,1,24.9,2,1',
      '',
    ]);
  });

  it('have what an order contains on average, in its own currency', async () => {
    const line = (quantity: number) => ({ product_id: PRODUCT, quantity, price: 10, tax: 0, total: 10 * quantity }); // prettier-ignore
    await hear(
      placed('2026-03-01T10:00:00Z', { items: [line(1), line(2)], total_amount: 40, tax_total: 0 }),
      placed('2026-03-01T10:00:00Z', { items: [line(1)], total_amount: 10.01, tax_total: 0 }),
      placed('2026-03-01T10:00:00Z', { items: [line(1)], total_amount: 10, tax_total: 0 }),
      placed('2026-03-01T10:00:00Z', { currency: 'USD' }),
    );
    expect((await read(SALES)).body.currencies).toMatchObject([
      { total: { orders: 3, lines: 4, average_order: 20, units_per_order: 1.6667, lines_per_order: 1.3333 } },
      { total: BASKET },
    ]);
  });

  it('leave out orders that cost nothing', async () => {
    await hear(placed('2026-03-01T10:00:00Z', { tax_total: 0, total_amount: 0 }));
    expect((await read(SALES)).body.currencies).toEqual([]);
  });

  it('are none, and as of no time, before the first event', async () => {
    const { body } = await read(SALES);
    expect(body.currencies).toEqual([]);
    expect(body).not.toHaveProperty('as_of');
  });

  it.each([
    ['from=2026-03-02&to=2026-03-01', 422, 'INVALID_PERIOD'],
    ['from=2020-01-01&to=2026-03-01', 422, 'INVALID_PERIOD'],
    ['from=2026-13-01', 400, 'VALIDATION_FAILED'],
    ['to=2026-02-30', 400, 'VALIDATION_FAILED'],
    ['from=yesterday', 400, 'VALIDATION_FAILED'],
    ['granularity=week', 400, 'VALIDATION_FAILED'],
  ])('refuse %s', async (query, status, code) => {
    expect(await read(`${SALES}?${query}`)).toMatchObject({ status, body: { code } });
  });

  it('are for staff who manage orders', async () => {
    const others = ['funnel', 'searches', 'stock', 'customers', 'cohorts'].flatMap((report) =>
      ['', '.csv'].map((ending) => `/api/v1/staff/analytics/${report}${ending}`),
    );
    for (const path of [SALES, `${SALES}.csv`, TOP, ...others]) {
      expect(await service.send('GET', path)).toMatchObject({ status: 401 });
      const token = await service.toolbox.tokenOf('u-1', 'catalog_manager');
      expect(await service.send('GET', path, { token })).toMatchObject({ status: 403 });
    }
  });
});

describe('the funnel', () => {
  const AT = '2026-03-01T10:00:00Z';
  const visit = visitAt('2026-03-01T09:59:00Z');
  const happened = { session_id: visit };

  it('has how far visits came, and from where, compared with as many days before', async () => {
    const order = systemIds.next();
    await hear(
      eventAbout(PRODUCT, 'product.viewed', {
        ...happened,
        product_id: PRODUCT,
        views: 1,
        source: { kind: 'search', query: 'lamp', position: 1 },
        viewed_at: AT,
      }),
      eventAbout(visit, 'visit.advanced', { ...happened, step: 'order', order_id: order, advanced_at: AT }),
      eventAbout(order, 'order.confirmed', { order_id: order, confirmed_at: AT }),
    );
    const one = { visits: 1, views: 1, carts: 1, checkouts: 1, orders: 1, paid: 1 };
    const none = { visits: 0, views: 0, carts: 0, checkouts: 0, orders: 0, paid: 0 };
    const { status, body } = await read('/api/v1/staff/analytics/funnel?from=2026-02-28&to=2026-03-01');
    expect([status, body]).toEqual([
      200,
      {
        time_zone: 'Europe/Berlin',
        from: '2026-02-28',
        to: '2026-03-01',
        granularity: 'day',
        as_of: '2026-03-01T10:00:00.000Z',
        total: one,
        before: none,
        buckets: [
          { start: '2026-02-27T23:00:00.000Z', ...none },
          { start: '2026-02-28T23:00:00.000Z', ...one },
        ],
        sources: [{ source: 'search', visits: 1, paid: 1 }],
      },
    ]);
    const alone = await read('/api/v1/staff/analytics/funnel?compare=false&granularity=hour&from=2026-03-01');
    expect(alone.body).not.toHaveProperty('before');
    expect(alone.body.buckets).toHaveLength(24);
    expect((await read('/api/v1/staff/analytics/funnel?days=30')).body).toMatchObject({
      from: '2026-01-31',
      to: '2026-03-01',
    });
  });

  it('has what was searched for, and what found nothing', async () => {
    const searched = (query: string, hits: number) =>
      eventAbout(visit, 'search.performed', { ...happened, query, hits, searched_at: AT });
    await hear(searched('lamp', 3), searched('sofa', 0), searched('lamp', 3));
    const path = '/api/v1/staff/analytics/searches';
    const [lamp, sofa] = [
      { query: 'lamp', searches: 2, without_results: 0 },
      { query: 'sofa', searches: 1, without_results: 1 },
    ];
    expect((await read(path)).body.items).toEqual([lamp, sofa]);
    expect((await read(`${path}?limit=1`)).body.items).toEqual([lamp]);
    expect((await read(`${path}?without_results=true`)).body.items).toEqual([sofa]);
    expect(await read(`${path}?from=2026-03-02&to=2026-03-01`)).toMatchObject({ status: 422 });
  });

  it('can be downloaded as CSV, as can the searches, of which a spreadsheet runs none', async () => {
    await hear(
      eventAbout(visit, 'visit.advanced', { ...happened, step: 'cart', advanced_at: AT }),
      eventAbout(visit, 'search.performed', { ...happened, query: '=1+1', hits: 0, searched_at: AT }),
    );
    const days = 'from=2026-02-28&to=2026-03-01';
    expect(await download(`/api/v1/staff/analytics/funnel.csv?${days}`)).toEqual({
      name: 'attachment; filename="funnel-2026-02-28-2026-03-01.csv"',
      lines: [
        'start,visits,views,carts,checkouts,orders,paid',
        '2026-02-27T23:00:00.000Z,0,0,0,0,0,0',
        '2026-02-28T23:00:00.000Z,1,1,1,0,0,0',
        '',
      ],
    });
    expect(await download(`/api/v1/staff/analytics/searches.csv?${days}`)).toEqual({
      name: 'attachment; filename="searches-2026-02-28-2026-03-01.csv"',
      lines: ['query,searches,without_results', "'=1+1,1,1", ''],
    });
    for (const report of ['funnel', 'searches'])
      expect(await read(`/api/v1/staff/analytics/${report}.csv?from=2026-03-02&to=2026-03-01`)).toMatchObject(
        { status: 422 },
      );
  });
});

describe('the customers', () => {
  const CUSTOMERS = '/api/v1/staff/analytics/customers';
  const COHORTS = '/api/v1/staff/analytics/cohorts';
  const [one, other] = [systemIds.next(), systemIds.next()];
  /** An order of a user that is paid; of a guest if there is no user. */
  const paid = (placedAt: string, user?: string): readonly EventEnvelope[] => {
    const order = systemIds.next();
    const customer = { user_id: user ?? order, email: 'a@example.com', name: 'A B' };
    return [
      placed(placedAt, { customer }, order),
      eventAbout(order, 'order.confirmed', { order_id: order, confirmed_at: placedAt }),
    ];
  };
  const history = () => [
    ...paid('2026-01-10T10:00:00Z', one),
    ...paid('2026-01-31T22:59:59Z', other),
    ...paid('2026-02-10T10:00:00Z', one),
    ...paid('2026-03-01T10:00:00Z', one),
    ...paid('2026-03-01T10:00:00Z', one),
    ...paid('2026-03-01T10:00:00Z'),
  ];

  it('ordered for the first time or again, compared with as many days before', async () => {
    await hear(...history());
    const { status, body } = await read(`${CUSTOMERS}?from=2026-02-01&to=2026-03-01`);
    expect([status, body]).toMatchObject([
      200,
      {
        granularity: 'day',
        as_of: '2026-03-01T10:00:00.000Z',
        total: { first_orders: 0, repeat_orders: 3, guest_orders: 1, repeat_rate: 1 },
        before: { first_orders: 2, repeat_orders: 0, guest_orders: 0, repeat_rate: 0 },
      },
    ]);
    expect(body.buckets).toHaveLength(29);
    expect(body.buckets.at(-1)).toMatchObject({ start: '2026-02-28T23:00:00.000Z', repeat_orders: 2 });
    expect(body.buckets[0]).toEqual({
      start: '2026-01-31T23:00:00.000Z',
      first_orders: 0,
      repeat_orders: 0,
      guest_orders: 0,
    });
    const alone = await read(`${CUSTOMERS}?compare=false&granularity=hour&from=2026-03-01`);
    expect(alone.body).not.toHaveProperty('before');
    expect(alone.body.buckets).toHaveLength(24);
    expect(await read(`${CUSTOMERS}?from=2026-03-02&to=2026-03-01`)).toMatchObject({ status: 422 });
  });

  it('return, by the month or week of their first order', async () => {
    await hear(...history());
    const { body } = await read(`${COHORTS}?count=3`);
    expect(body).toMatchObject({
      by: 'month',
      time_zone: 'Europe/Berlin',
      as_of: '2026-03-01T10:00:00.000Z',
    });
    expect(body.cohorts).toEqual([
      { start: '2026-01-01', customers: 2, again: [{ customers: 1, share: 0.5 }, { customers: 1, share: 0.5 }] },
      { start: '2026-02-01', customers: 0, again: [{ customers: 0, share: 0 }] },
      { start: '2026-03-01', customers: 0, again: [] },
    ]); // prettier-ignore
    const weeks = await read(`${COHORTS}?by=week&to=2026-01-31&count=2`);
    expect(weeks.body.cohorts).toMatchObject([
      { start: '2026-01-19', customers: 0 },
      { start: '2026-01-26', customers: 1 },
    ]);
    for (const query of ['count=1', 'count=25', 'by=year', 'to=soon'])
      expect(await read(`${COHORTS}?${query}`)).toMatchObject({ status: 400 });
  });

  it('still count when their account is erased, and are unknown from then on', async () => {
    await hear(...paid('2026-02-10T10:00:00Z', one));
    const token = await service.toolbox.serviceToken('user', 'personal-data:erase');
    await service.send('POST', '/internal/v1/personal-data/erase', { token, body: { user_id: one } });
    await hear(...paid('2026-03-01T10:00:00Z', one));
    const { body } = await read(`${CUSTOMERS}?days=30`);
    expect(body.total).toEqual({ first_orders: 1, repeat_orders: 0, guest_orders: 1, repeat_rate: 0 });
  });

  it('can be downloaded as CSV', async () => {
    await hear(...history());
    expect(await download(`${CUSTOMERS}.csv?from=2026-02-28&to=2026-03-01`)).toEqual({
      name: 'attachment; filename="customers-2026-02-28-2026-03-01.csv"',
      lines: [
        'start,first_orders,repeat_orders,guest_orders,repeat_rate',
        '2026-02-27T23:00:00.000Z,0,0,0,',
        '2026-02-28T23:00:00.000Z,0,2,1,1',
        '',
      ],
    });
    expect(await download(`${COHORTS}.csv?count=2&to=2026-02-01`)).toEqual({
      name: 'attachment; filename="cohorts-month-2026-02-01.csv"',
      lines: ['start,customers,after,ordered_again,share', '2026-01-01,2,1,1,0.5', ''],
    });
    expect(await read(`${CUSTOMERS}.csv?from=2026-03-02&to=2026-03-01`)).toMatchObject({ status: 422 });
  });
});

describe('the top products', () => {
  it('have what was sold of them, and how often they were viewed', async () => {
    const viewed = systemIds.next();
    await hear(
      placed('2026-03-01T10:00:00Z'),
      eventAbout(viewed, 'product.viewed', {
        product_id: viewed,
        views: 3,
        viewed_at: '2026-03-01T10:00:00Z',
      }),
    );
    expect(await read(TOP)).toMatchObject({
      status: 200,
      body: {
        items: [
          { product_id: PRODUCT, orders: 1, units: 2, revenue: [{ amount: 20, currency: 'EUR' }], views: 0 },
          { product_id: viewed, orders: 0, units: 0, revenue: [], views: 3 },
        ],
      },
    });
    expect((await read(`${TOP}?limit=1`)).body.items).toHaveLength(1);
  });

  it('are asked for in numbers that are bounded', async () => {
    for (const limit of [0, 101, 'many'])
      expect(await read(`${TOP}?limit=${limit}`)).toMatchObject({ status: 400 });
  });
});

describe('the stock', () => {
  const STOCK = '/api/v1/staff/analytics/stock';
  const VARIANT = systemIds.next();
  let version = 0;
  const counted = (
    sku: string,
    at: string,
    on_hand: number,
    variant_id = systemIds.next(),
  ): EventEnvelope => {
    version += 1;
    const payload = { sku, product_id: PRODUCT, variant_id, version, on_hand, changed_at: at };
    return eventAbout(sku, 'inventory.stock_changed', payload, version);
  };
  const sold = (quantity: number): object => ({
    items: [{ product_id: PRODUCT, variant_id: VARIANT, quantity, price: 10, tax: 3.2, total: 20 }],
  });
  /** It is noon of March 1, a Sunday. */
  const history = (): readonly EventEnvelope[] => [
    counted('LAMP-OAK', '2026-02-20T10:00:00Z', 14, VARIANT),
    placed('2026-02-24T10:00:00Z', sold(4)),
    counted('LAMP-OAK', '2026-02-25T23:30:00Z', 10, VARIANT), // on the 26th in Berlin
    placed('2026-02-28T10:00:00Z', sold(3)),
    counted('SOFA-RED', '2026-01-01T10:00:00Z', 2),
    counted('=1+1', '2026-01-01T10:00:00Z', 9),
    counted('GONE', '2026-01-01T10:00:00Z', 0),
  ];

  it('turns as often as its average was sold, and lasts as long as sales go on as they did', async () => {
    await hear(...history());
    const { status, body } = await read(STOCK);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      time_zone: 'Europe/Berlin',
      from: '2026-02-23',
      to: '2026-03-01',
      as_of: '2026-02-28T10:00:00.000Z',
      items: [
        {
          sku: 'LAMP-OAK',
          product_id: PRODUCT,
          variant_id: VARIANT,
          sold: 7,
          on_hand: 10,
          average_on_hand: 11.7143, // 14 on 3 days, 10 on 4
          turns: 0.5976,
          days_of_cover: 10,
        },
        { sku: 'SOFA-RED', sold: 0, on_hand: 2, turns: 0 },
        { sku: '=1+1', sold: 0, on_hand: 9, turns: 0 },
      ],
    });
    expect(body.items[1]).not.toHaveProperty('days_of_cover');
    const unsold = await read(`${STOCK}?order=most_cover&limit=2`);
    expect(unsold.body.items).toMatchObject([{ sku: '=1+1' }, { sku: 'SOFA-RED' }]);
  });

  it('of days to come is unknown', async () => {
    await hear(...history());
    expect((await read(`${STOCK}?from=2026-02-28&to=2026-03-09`)).body).toMatchObject({
      to: '2026-03-01',
      items: [{ sku: 'LAMP-OAK', sold: 3, average_on_hand: 10 }, {}, {}],
    });
    expect(await read(`${STOCK}?from=2026-03-02&to=2026-03-09`)).toMatchObject({ status: 422 });
  });

  it('can be downloaded as CSV', async () => {
    await hear(...history());
    const { name, lines } = await download(`${STOCK}.csv?from=2026-02-23&to=2026-03-01`);
    expect(name).toBe('attachment; filename="stock-2026-02-23-2026-03-01.csv"');
    const [head, lamp, , risky] = lines;
    expect(head).toBe('sku,product_id,variant_id,sold,on_hand,average_on_hand,turns,days_of_cover');
    expect(lamp).toBe(`LAMP-OAK,${PRODUCT},${VARIANT},7,10,11.7143,0.5976,10`);
    expect(risky).toMatch(/^'=1\+1,.*,0,9,9,0,$/);
    expect(await read(`${STOCK}.csv?from=2026-03-02&to=2026-03-01`)).toMatchObject({ status: 422 });
  });

  it('is asked for in numbers and orders that are bounded', async () => {
    for (const query of ['limit=0', 'limit=101', 'order=sku'])
      expect(await read(`${STOCK}?${query}`)).toMatchObject({ status: 400 });
  });
});
