import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { START } from '#test/kit/start.ts';
import { orderForEachTest, STRANGER, USER, VARIANT } from './order.rig.ts';

const { service, world, place, confirm, hear, shipped, report, get } = orderForEachTest();

afterEach(() => {
  vi.restoreAllMocks();
});

const asStaff = async (path: string): Promise<Answered> =>
  service.send('GET', path, { token: await service.toolbox.tokenOf(STRANGER, 'order_manager') });

const list = (query = ''): Promise<Answered> => asStaff(`/api/v1/staff/orders${query}`);

/** The cart's next version, so that it can be ordered again. */
const again = (): { cart_version: number } => {
  const version = (world.cart as { version: number }).version + 1;
  world.cart = { ...world.cart, version };
  return { cart_version: version };
};

describe('the number of an order', () => {
  it('is that of its events', async () => {
    const { body } = await place();
    expect(body.number).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    await confirm(body.order_id);
    expect((await get(body.order_id)).body.number).toBe(body.number);
    expect((await service.toolbox.announced()).map(({ payload }) => payload)).toMatchObject([
      { order_number: body.number },
      { order_number: body.number },
    ]);
  });
});

describe('a number that is taken', () => {
  it('is not given again: the order gets another ID', async () => {
    const { ids } = service.toolbox;
    const made = vi.spyOn(ids, 'next');
    const { body: first } = await place();
    const drawn = made.mock.results.findIndex(({ value }) => value === first.order_id);
    made.mockRestore();
    const twin = `01900000${String(first.order_id).slice(8)}`;
    const others = Array.from({ length: drawn }, () => ids.next());
    const next = vi.spyOn(ids, 'next');
    for (const id of [...others, twin]) next.mockReturnValueOnce(id);
    const second = await place(again());
    expect(second.status).toBe(201);
    expect([first.order_id, twin]).not.toContain(second.body.order_id);
    expect(second.body.number).not.toBe(first.number);
  });
});

describe('the list for staff', () => {
  it('has summaries', async () => {
    const orderId = await shipped();
    await report(orderId, 'lost');
    const { body: order } = await get(orderId);
    expect(await list()).toMatchObject({
      status: 200,
      body: {
        items: [
          {
            order_id: orderId,
            number: order.number,
            status: 'lost',
            payment_status: 'captured',
            customer: { user_id: USER, email: expect.any(String), name: expect.any(String) },
            currency: 'EUR',
            total_amount: 29.75,
            refunded_total: 0,
            item_count: 2,
            open_cases: ['lost'],
            carrier: 'DHL',
            country: 'DE',
            tracking_number: expect.any(String),
          },
        ],
      },
    });
  });

  it('is not for customers, nor are its counts', async () => {
    const token = await service.toolbox.tokenOf(USER);
    for (const path of ['/api/v1/staff/orders', '/api/v1/staff/orders/counts'])
      expect((await service.send('GET', path, { token })).status).toBe(403);
  });

  it('is filtered, sorted and read page by page', async () => {
    const first = String((await place()).body.order_id);
    const second = String((await place(again())).body.order_id);
    await confirm(second);
    const idsOf = ({ body }: Answered): unknown =>
      body.items.map((one: { order_id: string }) => one.order_id);
    expect(idsOf(await list('?status=pending&status=shipped'))).toEqual([first]);
    expect(idsOf(await list('?view=to_ship'))).toEqual([second]);
    expect(idsOf(await list('?view=to_ship&status=pending'))).toEqual([]);
    expect(idsOf(await list(`?q=k-1&country=de&customer_id=${USER}&total_min=29.75`))).toHaveLength(2);
    const page = await list('?sort=oldest&limit=1');
    expect(idsOf(page)).toEqual([first]);
    const next = await list(`?sort=oldest&limit=1&cursor=${String(page.body.next_cursor)}`);
    expect([idsOf(next), next.body.next_cursor]).toEqual([[second], undefined]);
    const other = await list(`?sort=total&cursor=${String(page.body.next_cursor)}`);
    expect([other.status, other.body.code]).toEqual([400, 'INVALID_CURSOR']);
  });

  it('understands times with an offset', async () => {
    await place();
    const now = service.toolbox.clock.now().toISOString();
    const count = async (query: string): Promise<number> => Number((await list(query)).body.items.length);
    expect(await count(`?placed_to=${now.replace('Z', '-02:00')}`)).toBe(1);
    expect(await count(`?placed_to=${now.replace('Z', '%2B02:00')}`)).toBe(0);
    expect(await count('?placed_from=1971-01-01T00:00:00Z&placed_to=9998-12-31T23:59:59Z')).toBe(1);
  });

  it.each([
    '?q=%20',
    '?q=',
    '?status=lost&status=done',
    '?view=none',
    '?total_min=-1',
    '?country=DEU',
    '?sort=name',
  ])('refuses %s', async (query) => {
    expect((await list(query)).status).toBe(400);
  });
});

describe('the counts of views', () => {
  it('are those of the list, for all views or some', async () => {
    const lost = await shipped();
    await report(lost, 'lost');
    await place(again());
    await confirm(String((await place(again())).body.order_id));
    const counts = async (query = ''): Promise<unknown> =>
      (await asStaff(`/api/v1/staff/orders/counts${query}`)).body.items.map(
        ({ view, count, is_more }: { view: string; count: number; is_more: boolean }) => [
          view,
          count,
          is_more,
        ],
      );
    expect(await counts()).toEqual([
      ['all', 3, false],
      ['pending', 1, false],
      ['to_ship', 1, false],
      ['on_hold', 0, false],
      ['needs_you', 1, false],
      ['shipped', 0, false],
      ['cancelled', 0, false],
    ]);
    expect(await counts('?view=needs_you&view=needs_you&view=all')).toEqual([
      ['needs_you', 1, false],
      ['all', 3, false],
    ]);
  });
});

describe('the actions of an order', () => {
  const own = [{ action: 'cancel' }, { action: 'change_address' }];
  let orderId: string;
  const actions = async (userId: string): Promise<unknown> =>
    userId === USER
      ? (await get(orderId)).body.actions
      : (await asStaff(`/api/v1/orders/${orderId}`)).body.actions;

  beforeEach(async () => {
    orderId = String((await place()).body.order_id);
  });

  it('are to cancel, for its customer and for staff, while nothing is paid', async () => {
    expect(await actions(USER)).toEqual(own);
    expect(await actions(STRANGER)).toEqual([...own, { action: 'hold' }]);
  });

  it('are refunds within limits, for staff alone', async () => {
    await confirm(orderId);
    await hear('payment.successful', orderId);
    expect(await actions(USER)).toEqual(own);
    // All but a cent, while the parcel is about to be sent.
    const refund = {
      action: 'refund',
      left: 29.74,
      lines: [{ variant_id: VARIANT, quantity: 2 }],
      shipping: true,
    };
    const parcel = [{ action: 'hold' }, { action: 'ship' }];
    expect(await actions(STRANGER)).toEqual([...own, ...parcel, refund]);
    await hear('shipment.created', orderId);
    expect(await actions(USER)).toEqual([]);
    expect(await actions(STRANGER)).toEqual([{ ...refund, left: 29.75 }]);
  });

  it('are the resolutions of each open case, for staff', async () => {
    await confirm(orderId);
    await hear('payment.successful', orderId);
    await hear('shipment.created', orderId);
    await report(orderId, 'returned');
    expect(await actions(USER)).toEqual([]);
    expect(await actions(STRANGER)).toContainEqual({
      action: 'resolve_case',
      case_id: 'case-1',
      kind: 'returned',
      resolutions: ['refund', 'reship', 'dismiss'],
      restock: true,
    });
  });
});

describe('the saga of an order', () => {
  it('is shown to operators, without the customer', async () => {
    const orderId = String((await place()).body.order_id);
    await hear('inventory.reserved', orderId);
    const path = `/api/v1/staff/orders/${orderId}/saga`;
    const token = await service.toolbox.tokenOf(STRANGER, 'operator');
    const { status, body } = await service.send('GET', path, { token });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      order_id: orderId,
      status: 'pending',
      version: 2,
      final: false,
      waits: [{ who: 'payment', what: 'authorize', since: expect.any(String), until: expect.any(String) }],
      events: [
        { version: 1, type: 'placed' },
        { version: 2, type: 'stock-reserved', data: {} },
      ],
    });
    expect(JSON.stringify(body)).not.toMatch(/Sam|example\.com|Road|tok_/);
    expect((await service.send('GET', path, { token: await service.toolbox.tokenOf(USER) })).status).toBe(
      403,
    );
    const unknown = path.replace(orderId, STRANGER);
    expect(await service.send('GET', unknown, { token })).toMatchObject({
      status: 404,
      body: { code: 'ORDER_NOT_FOUND' },
    });
  });
});

describe('the timeline', () => {
  it('says which request caused each entry, also through events, but only to staff', async () => {
    const { body } = await place({}, { 'x-correlation-id': 'the-purchase' });
    const orderId = String(body.order_id);
    await hear('inventory.reserved', orderId);
    const causes = (await service.toolbox.announced()).map(({ correlation_id: id }) => id);
    expect(causes).toEqual(['the-purchase']);
    const { body: shown } = await asStaff(`/api/v1/staff/orders/${orderId}`);
    expect(shown.order.timeline).toMatchObject([
      { detail: 'Order placed', correlation_id: 'the-purchase' },
      { detail: 'Stock reserved', correlation_id: expect.any(String) },
    ]);
    expect(shown.order.timeline[1].correlation_id).not.toBe('the-purchase');
    const { body: saga } = await asStaff(`/api/v1/staff/orders/${orderId}/saga`);
    expect(saga.events[0]).toMatchObject({ type: 'placed', correlation_id: 'the-purchase' });
    const own = await service.send('GET', `/api/v1/orders/${orderId}`, {
      token: await service.toolbox.tokenOf(USER),
    });
    expect(JSON.stringify(own.body)).not.toMatch(/correlation_id/);
  });
});

describe('the figures', () => {
  it('are those of the last days, with as many before, by currency', async () => {
    await place();
    const today = START.toISOString().slice(0, 10);
    const { status, body } = await asStaff('/api/v1/staff/orders/figures?days=1');
    expect(status).toBe(200);
    expect(body).toEqual({
      time_zone: 'Europe/Berlin',
      from: today,
      to: today,
      currencies: [
        {
          currency: 'EUR',
          total: { orders: 1, gross: 29.75, refunded: 0 },
          before: { orders: 0, gross: 0, refunded: 0 },
          days: [{ day: today, orders: 1, gross: 29.75, refunded: 0 }],
        },
      ],
    });
    const next = new Date(START.getTime() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const { body: later } = await asStaff(`/api/v1/staff/orders/figures?days=1&to=${next}`);
    expect(later.currencies).toMatchObject([
      { currency: 'EUR', total: { orders: 0 }, before: { orders: 1, gross: 29.75 } },
    ]);
  });

  it.each([
    'days=0',
    'days=93',
    'to=yesterday',
    'to=0001-01-01',
    'to=9999-12-31',
    'to=2026-13-01',
    'to=2026-02-30',
  ])('refuse %s', async (query) => {
    expect((await asStaff(`/api/v1/staff/orders/figures?${query}`)).status).toBe(400);
  });

  it('are for order managers alone', async () => {
    const token = await service.toolbox.tokenOf(STRANGER, 'inventory_manager');
    expect((await service.send('GET', '/api/v1/staff/orders/figures', { token })).status).toBe(403);
  });
});
