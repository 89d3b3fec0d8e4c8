import { describe, expect, it } from 'vitest';
import { DAY } from '#kernel/clock.ts';
import type { Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';

import { openClaims } from './claims.rig.ts';
import { GUEST, orderForEachTest, PRODUCT, STRANGER, USER, VARIANT } from './order.rig.ts';

const ADDRESS = 'Kettle shop; Returns 1; 10115 Berlin';
const OTHER = '01900000-0000-7000-8000-0000000000aa';
const DAMAGED = { variant_id: VARIANT, quantity: 1, reason: 'damaged' };

describe.each(STORES)('returns in %s', (store) => {
  const { service, world, shipped, placeAsGuest, confirm, hear, report } = orderForEachTest(store, {
    ORDER_RETURN_ADDRESS: ADDRESS,
  });

  const as = async (
    userId: string,
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Answered> =>
    service.send(method, `/api/v1/${path}`, {
      token: await (userId === STRANGER
        ? service.toolbox.tokenOf(STRANGER, 'order_manager')
        : service.toolbox.tokenOf(userId)),
      ...(body && { body }),
      ...(headers && { headers }),
    });
  const staff = (path: string, body?: object, headers?: Record<string, string>): Promise<Answered> =>
    as(STRANGER, body ? 'POST' : 'GET', path, body, headers);

  const delivered = async (changes: object = {}): Promise<string> => {
    const orderId = await shipped(changes);
    await report(orderId, 'delivered');
    return orderId;
  };
  const ask = (
    orderId: string,
    body: object = { lines: [DAMAGED], comment: ' A crack ' },
  ): Promise<Answered> => as(USER, 'POST', `orders/${orderId}/returns`, body);
  const pathOf = ({ body }: Answered): string =>
    `orders/${String(body.order_id)}/returns/${String(body.return_id)}`;
  const receipt = (quantity = 1) => ({ lines: [{ variant_id: VARIANT, quantity, condition: 'opened' }] });
  const inspection = (restock_quantity: number) => ({ lines: [{ variant_id: VARIANT, restock_quantity }] });
  const work = () => openClaims(service.toolbox).settleReturns();
  const published = async (): Promise<readonly string[]> =>
    (await service.toolbox.announced())
      .map(({ event_type }) => event_type)
      .filter((type) => type.startsWith('return.') || type === 'order.restock_requested');
  const actionOf = async (orderId: string): Promise<unknown> => {
    const { actions } = (await as(USER, 'GET', `orders/${orderId}`)).body as {
      readonly actions: readonly { readonly action: string }[];
    };
    return actions.find(({ action }) => action === 'return');
  };

  it('go from the request to the refund, with the units that came back in stock', async () => {
    const orderId = await delivered();
    expect(await actionOf(orderId)).toEqual({
      action: 'return',
      until: new Date(service.toolbox.clock.now().getTime() + 30 * DAY).toISOString(),
      lines: [{ variant_id: VARIANT, quantity: 2 }],
    });
    const asked = await ask(orderId, { lines: [{ ...DAMAGED, quantity: 2 }], comment: ' A crack ' });
    const { number } = (await as(USER, 'GET', `orders/${orderId}`)).body;
    expect(asked).toMatchObject({
      status: 201,
      body: { number: `${String(number)}-R1`, state: 'requested', comment: 'A crack', acts: ['cancel'] },
    });
    expect(await actionOf(orderId)).toBeUndefined();

    const path = pathOf(asked);
    const approval = { instructions: 'In its box' };
    expect(await staff(`${path}/approval`, approval)).toMatchObject({
      status: 200,
      body: { state: 'approved', return_address: 'Kettle shop\nReturns 1\n10115 Berlin', ...approval },
    });
    // Only one of the two came.
    expect(await staff(`${path}/receipt`, receipt())).toMatchObject({
      body: { state: 'received', lines: [{ quantity: 2, received_quantity: 1, condition: 'opened' }] },
    });
    expect(await actionOf(orderId)).toMatchObject({ lines: [{ quantity: 1 }] });
    expect(await staff(`${path}/inspection`, inspection(1))).toMatchObject({
      body: { state: 'inspected', lines: [{ restocked_quantity: 1 }] },
    });
    expect(await staff(`${path}/refund-quote`)).toMatchObject({ body: { amount: 11.9 } });
    expect(await staff(`${path}/refund`, {})).toMatchObject({
      status: 202,
      body: { state: 'refunding', refund_amount: 11.9, currency: 'EUR' },
    });
    const refund = { refund_id: `return-${String(asked.body.return_id)}`, amount: 11.9, currency: 'EUR' };
    await hear('payment.refunded', orderId, { ...refund, refunded_total: 11.9 });
    await work();
    expect((await as(USER, 'GET', `orders/${orderId}/returns`)).body).toMatchObject({
      items: [{ state: 'refunded', refund_amount: 11.9 }],
    });
    expect(await published()).toEqual([
      'return.requested',
      'return.approved',
      'return.received',
      'order.restock_requested',
      'return.refunded',
    ]);
    const restock = (await service.toolbox.announced()).find(
      ({ event_type }) => event_type === 'order.restock_requested',
    );
    expect(restock?.payload).toMatchObject({
      reason: 'return',
      items: [{ variant_id: VARIANT, quantity: 1 }],
      actor: { kind: 'staff', user_id: STRANGER },
    });
  });

  it('have each unit once: what is in a return, or refunded, is not returned again', async () => {
    const orderId = await delivered();
    const lines = [{ variant_id: VARIANT, quantity: 1 }];
    await staff(`orders/${orderId}/refunds`, { lines, reason: 'goodwill' });
    const first = await ask(orderId);
    expect(first.status).toBe(201);
    expect(await ask(orderId)).toMatchObject({
      status: 422,
      body: { code: 'LINE_NOT_RETURNABLE', variant: VARIANT, left: 0 },
    });
    expect(await staff(`orders/${orderId}/refunds`, { lines, reason: 'goodwill' })).toMatchObject({
      status: 422,
      body: { code: 'LINE_NOT_REFUNDABLE' },
    });
    const cancel = `${pathOf(first)}/cancel`;
    expect(await as(USER, 'PUT', cancel)).toMatchObject({ body: { state: 'cancelled', acts: [] } });
    expect((await as(USER, 'PUT', cancel)).status).toBe(200);
    const again = await ask(orderId);
    expect(again).toMatchObject({ status: 201 });
    expect(again.body.number).toMatch(/-R2$/);
  });

  it('that are asked for at once for the same unit are one', async () => {
    const orderId = await delivered();
    const both = { lines: [{ ...DAMAGED, quantity: 2 }] };
    const answers = await Promise.all([ask(orderId, both), ask(orderId, both), ask(orderId, both)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
  });

  it('that race with a refund of the same units leave one of the two', async () => {
    const orderId = await delivered();
    const lines = [{ variant_id: VARIANT, quantity: 2 }];
    const [asked, refunded] = await Promise.all([
      ask(orderId, { lines: [{ ...DAMAGED, quantity: 2 }] }),
      staff(`orders/${orderId}/refunds`, { lines, reason: 'goodwill' }),
    ]);
    expect([asked.status === 201, refunded.status === 202].filter(Boolean)).toHaveLength(1);
  });

  it('are refused before the delivery, after the window, and of what is not in the order', async () => {
    const orderId = await shipped();
    expect(await ask(orderId)).toMatchObject({ status: 409, body: { code: 'NOT_RETURNABLE' } });
    await report(orderId, 'delivered');
    const twice = { lines: [DAMAGED, DAMAGED] };
    expect(await ask(orderId, twice)).toMatchObject({ status: 422, body: { code: 'LINE_NOT_RETURNABLE' } });
    const foreign = { lines: [{ ...DAMAGED, variant_id: STRANGER }] };
    expect(await ask(orderId, foreign)).toMatchObject({ body: { code: 'LINE_NOT_RETURNABLE', left: 0 } });
    service.toolbox.clock.advance(30 * DAY);
    expect(await actionOf(orderId)).toBeUndefined();
    expect(await ask(orderId)).toMatchObject({ status: 409, body: { code: 'RETURN_WINDOW_CLOSED' } });
  });

  it('are seen by their customer and by staff only', async () => {
    const asked = await ask(await delivered());
    const { order_id: orderId } = asked.body;
    const other = '01900000-0000-7000-8000-0000000000ee';
    for (const [method, path, body] of [
      ['GET', `orders/${String(orderId)}/returns`],
      ['POST', `orders/${String(orderId)}/returns`, { lines: [DAMAGED] }],
      ['PUT', `${pathOf(asked)}/cancel`],
    ] as const)
      expect(await as(other, method, path, body)).toMatchObject({ status: 404 });
    expect(await as(USER, 'POST', `${pathOf(asked)}/approval`, {})).toMatchObject({ status: 403 });
    expect(await as(other, 'GET', `users/${USER}/returns`)).toMatchObject({ status: 403 });
    expect((await as(USER, 'GET', `users/${USER}/returns`)).body).toMatchObject({
      items: [{ order_id: orderId }],
    });
    const wrong = `orders/${STRANGER}/returns/${String(asked.body.return_id)}/approval`;
    expect(await staff(wrong, {})).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
  });

  it('are asked for and called off by a guest who has the token of the order, which mails repeat', async () => {
    const { body } = await placeAsGuest();
    const orderId = String(body.order_id);
    await confirm(orderId);
    await hear('payment.successful', orderId);
    await hear('shipment.created', orderId);
    await report(orderId, 'delivered');
    const headers = { 'x-order-token': String(body.order_token), 'idempotency-key': 'the-only-one' };
    const guest = (method: string, path: string, request?: object): Promise<Answered> =>
      service.send(method, `/api/v1/${path}`, { headers, ...(request && { body: request }) });
    const asked = await guest('POST', `orders/${orderId}/returns`, { lines: [DAMAGED] });
    expect(asked.status).toBe(201);
    expect((await guest('POST', `orders/${orderId}/returns`, { lines: [DAMAGED] })).body).toEqual(asked.body);
    expect((await service.toolbox.announced()).at(-1)?.payload).toMatchObject({
      customer: { email: GUEST.email.toLowerCase() },
      order_token: body.order_token,
    });
    expect(await guest('PUT', `${pathOf(asked)}/cancel`)).toMatchObject({ body: { state: 'cancelled' } });
    expect((await guest('GET', `orders/${orderId}/returns`)).body).toMatchObject({ items: [{}] });
    expect((await service.send('GET', `/api/v1/orders/${orderId}/returns`, {})).status).toBe(401);
  });

  /** A return whose goods are inspected, and exchanged. */
  const exchange = async (
    orderId: string,
  ): Promise<{ readonly path: string; readonly exchangeId: string }> => {
    const asked = await ask(orderId);
    const path = pathOf(asked);
    await staff(`${path}/receipt`, receipt());
    await staff(`${path}/inspection`, inspection(1));
    const answer = await staff(`${path}/exchange`, {});
    expect(answer).toMatchObject({ status: 200, body: { state: 'exchanging', acts: [] } });
    return { path, exchangeId: (answer.body.exchange as { order_id: string }).order_id };
  };
  const returned = async (orderId: string): Promise<unknown> =>
    (await staff(`orders/${orderId}/returns`)).body.items;

  it('are exchanged for an order without charge, once its goods are reserved', async () => {
    const orderId = await delivered();
    const { path, exchangeId } = await exchange(orderId);
    const { body: instead } = await as(USER, 'GET', `orders/${exchangeId}`);
    expect(instead).toMatchObject({
      status: 'pending',
      total_amount: 0,
      items: [{ variant_id: VARIANT, quantity: 1, price: 0 }],
      exchange_for: { order_id: orderId },
      timeline: [{ detail: 'Placed in exchange for what was sent back', actor: { kind: 'shop' } }],
    });
    await hear('inventory.reserved', exchangeId);
    await work();
    expect(await returned(orderId)).toMatchObject([
      { state: 'exchanged', exchange: { order_id: exchangeId } },
    ]);
    expect(await published()).toContain('return.exchanged');
    // No money, and no second time.
    expect(await staff(`${path}/refund`, {})).toMatchObject({ status: 409 });
    expect(await staff(`${path}/exchange`, {})).toMatchObject({ status: 409 });
    expect(await actionOf(orderId)).toMatchObject({ lines: [{ quantity: 1 }] });
    const invoice = await staff(`orders/${exchangeId}/invoice`);
    expect([invoice.status, invoice.body.code]).toEqual([409, 'INVOICE_NOT_ISSUED']);
  });

  it('are exchanged for another variant of the product, at the same price only', async () => {
    const asked = await ask(await delivered());
    const path = pathOf(asked);
    await staff(`${path}/receipt`, receipt());
    await staff(`${path}/inspection`, inspection(1));
    const offer = { product_id: PRODUCT, variant_id: OTHER, sku: 'K-2', name: 'Kettle (Blue)', price: 10, currency: 'EUR' }; // prettier-ignore
    const lines = [{ variant_id: VARIANT, instead_id: OTHER.toUpperCase() }];
    for (const [items, other] of [
      [[], {}],
      [[{ ...offer, price: 11 }], {}],
      [[{ ...offer, price: 9 }], {}],
      [[{ ...offer, currency: 'USD' }], {}],
      [[{ ...offer, product_id: STRANGER }], {}],
      [[offer], { lines: [{ variant_id: OTHER, instead_id: OTHER }] }],
    ] as const) {
      world.offers = { items };
      expect(await staff(`${path}/exchange`, { lines, ...other })).toMatchObject({
        status: 422,
        body: { code: 'lines' in other ? 'INVALID_RETURN_LINE' : 'NOT_EXCHANGEABLE' },
      });
    }
    world.offers = { items: [offer] };
    const exchanged = await staff(`${path}/exchange`, { lines });
    expect(exchanged).toMatchObject({ status: 200, body: { state: 'exchanging' } });
    const { order_id: exchangeId } = exchanged.body.exchange as { order_id: string };
    expect((await as(USER, 'GET', `orders/${exchangeId}`)).body).toMatchObject({
      total_amount: 0,
      items: [{ variant_id: OTHER, sku: 'K-2', name: 'Kettle (Blue)', quantity: 1, price: 0 }],
    });
  });

  it('can be refunded, or exchanged again, where the goods are out of stock', async () => {
    const orderId = await delivered();
    const { path, exchangeId } = await exchange(orderId);
    await hear('inventory.out_of_stock', exchangeId);
    await work();
    const failure = 'Cancelled because some items are no longer in stock';
    expect(await returned(orderId)).toMatchObject([{ state: 'inspected', exchange: { failure } }]);
    expect(await published()).not.toContain('return.exchanged');
    expect(await staff(`${path}/exchange`, {})).toMatchObject({ body: { state: 'exchanging' } });
    const placed = (await service.toolbox.announced()).filter(
      ({ event_type: type }) => type === 'order.placed',
    );
    const again = String(placed.at(-1)?.key);
    expect(again).not.toBe(exchangeId);
    await hear('inventory.out_of_stock', again);
    await work();
    expect(await staff(`${path}/refund`, {})).toMatchObject({ status: 202, body: { refund_amount: 11.9 } });
  });

  it('can be refunded after all, where the order in exchange is cancelled later', async () => {
    const orderId = await delivered();
    const { exchangeId } = await exchange(orderId);
    await hear('inventory.reserved', exchangeId);
    await work();
    await as(USER, 'PUT', `orders/${exchangeId}/cancel`);
    await hear('shipment.cancelled', exchangeId);
    await work();
    expect(await returned(orderId)).toMatchObject([{ state: 'inspected' }]);
  });

  it('can be refunded after all, where the parcel is lost and staff give up', async () => {
    const orderId = await delivered();
    const { exchangeId } = await exchange(orderId);
    await hear('inventory.reserved', exchangeId);
    await hear('shipment.created', exchangeId);
    await report(exchangeId, 'lost');
    await work();
    expect(await returned(orderId)).toMatchObject([{ state: 'exchanged' }]);
    await staff(`orders/${exchangeId}/case-resolution`, { resolution: 'refund' });
    await work();
    expect(await returned(orderId)).toMatchObject([{ state: 'inspected' }]);
  });

  it('that are exchanged twice at once are exchanged for one order', async () => {
    const orderId = await delivered();
    const asked = await ask(orderId);
    const path = pathOf(asked);
    await staff(`${path}/receipt`, receipt());
    await staff(`${path}/inspection`, inspection(1));
    await Promise.all([1, 2, 3].map(() => staff(`${path}/exchange`, {})));
    const placed = (await service.toolbox.announced()).filter(
      ({ event_type: type }) => type === 'order.placed',
    );
    expect(placed).toHaveLength(2);
  });

  it('are rejected with a reason', async () => {
    const orderId = await delivered();
    const rejected = await ask(orderId);
    expect(await staff(`${pathOf(rejected)}/rejection`, { reason: 'Used' })).toMatchObject({
      body: { state: 'rejected', rejection_reason: 'Used' },
    });
    expect(await staff(`${pathOf(rejected)}/approval`, {})).toMatchObject({
      status: 409,
      body: { code: 'RETURN_STATE' },
    });
  });

  it('have a label while they are approved, for their customer, a guest and staff', async () => {
    const orderId = await delivered();
    const asked = await ask(orderId);
    const path = `${pathOf(asked)}/label`;
    expect(await as(USER, 'GET', path)).toMatchObject({ status: 409, body: { code: 'RETURN_STATE' } });
    await staff(`${pathOf(asked)}/approval`, {});
    for (const userId of [USER, STRANGER]) {
      const { status, headers } = await as(userId, 'GET', path);
      expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
    }
    expect((await as('01900000-0000-7000-8000-0000000000ee', 'GET', path)).status).toBe(404);
    expect((await service.send('GET', `/api/v1/${path}`)).status).toBe(401);
    await staff(`${pathOf(asked)}/receipt`, receipt());
    expect((await as(USER, 'GET', path)).status).toBe(409);
  });

  it('count only units that they have', async () => {
    const asked = await ask(await delivered());
    const path = pathOf(asked);
    for (const body of [receipt(2), receipt(0), { lines: [...receipt().lines, ...receipt().lines] }])
      expect(await staff(`${path}/receipt`, body)).toMatchObject({
        status: 422,
        body: { code: 'INVALID_RETURN_LINE' },
      });
    await staff(`${path}/receipt`, receipt());
    expect(await staff(`${path}/inspection`, inspection(2))).toMatchObject({ status: 422 });
  });

  it('wait for staff if payment refuses the refund, and are refunded once that is settled', async () => {
    const orderId = await delivered();
    const asked = await ask(orderId);
    const path = pathOf(asked);
    await staff(`${path}/receipt`, receipt());
    await staff(`${path}/inspection`, inspection(0));
    await staff(`${path}/refund`, { shipping: true });
    const refund_id = `return-${String(asked.body.return_id)}`;
    const refund = { refund_id, amount: 17.85, currency: 'EUR' };
    await hear('payment.refund_failed', orderId, { ...refund, reason: 'card_closed' });
    await work();
    const stateOf = async (): Promise<unknown> => (await staff(`orders/${orderId}/returns`)).body;
    expect(await stateOf()).toMatchObject({ items: [{ state: 'refunding' }] });
    // Its units are still in the return.
    expect(await ask(orderId, { lines: [{ ...DAMAGED, quantity: 2 }] })).toMatchObject({ status: 422 });
    await staff(`orders/${orderId}/case-resolution`, { resolution: 'refund' });
    await work();
    expect(await stateOf()).toMatchObject({ items: [{ state: 'refunding' }] });
    await hear('payment.refunded', orderId, { ...refund, refund_id: 'case-2', refunded_total: 17.85 });
    await work();
    expect(await stateOf()).toMatchObject({ items: [{ state: 'refunded', refund_amount: 17.85 }] });
  });

  it('are listed for staff by state, page by page, and counted', async () => {
    const first = await ask(await delivered());
    service.toolbox.clock.advance(1_000);
    world.cart = { ...world.cart, version: 4 };
    const second = await ask(await delivered({ cart_version: 4 }));
    await staff(`${pathOf(first)}/approval`, {});
    const list = async (query: string): Promise<Answered['body']> =>
      (await staff(`staff/returns?${query}`)).body;
    const numberOf = ({ body }: Answered) => ({ number: body.number });
    expect(await list('')).toMatchObject({ items: [numberOf(second), numberOf(first)] });
    expect(await list('state=approved')).toMatchObject({ items: [numberOf(first)] });
    for (const [sort, one, two] of [
      ['newest', second, first],
      ['oldest', first, second],
    ] as const) {
      // prettier-ignore
      const page = await list(`limit=1&sort=${sort}`);
      expect(page).toMatchObject({ items: [numberOf(one)] });
      const next = await list(`limit=1&sort=${sort}&cursor=${String(page.next_cursor)}`);
      expect([next.items, next.next_cursor]).toMatchObject([[numberOf(two)], undefined]);
    }
    expect((await staff('staff/returns?cursor=x')).body).toMatchObject({ code: 'INVALID_CURSOR' });
    expect((await staff('staff/returns/counts')).body.items).toContainEqual({
      state: 'approved',
      count: 1,
      is_more: false,
    });
  });

  it('lose the words of people when the customer is erased, and are in their export until then', async () => {
    const asked = await ask(await delivered());
    await staff(`${pathOf(asked)}/rejection`, { reason: 'Worn' });
    const request = async (act: string): Promise<Answered> =>
      service.send('POST', `/internal/v1/personal-data/${act}`, {
        token: await service.toolbox.serviceToken(
          'user',
          act === 'export' ? 'personal-data:read' : 'personal-data:erase',
        ),
        body: { user_id: USER },
      });
    expect(JSON.stringify((await request('export')).body)).toContain('A crack');
    expect((await request('erase')).body.erased).toContainEqual({ kind: 'words_about_returns', count: 1 });
    const { body } = await staff(`orders/${String(asked.body.order_id)}/returns`);
    expect(JSON.stringify(body)).not.toMatch(/A crack|Worn/);
    expect(body).toMatchObject({ items: [{ state: 'rejected' }] });
  });
});

describe('a refund by lines', () => {
  const { service, shipped, report } = orderForEachTest();
  it('can put its units back into stock, each once', async () => {
    const orderId = await shipped();
    await report(orderId, 'delivered');
    const refund = async (restock: boolean): Promise<Answered> =>
      service.send('POST', `/api/v1/orders/${orderId}/refunds`, {
        token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
        body: { lines: [{ variant_id: VARIANT, quantity: 1, restock }], reason: 'goodwill' },
      });
    expect((await refund(true)).status).toBe(202);
    expect((await refund(false)).status).toBe(202);
    const restocks = (await service.toolbox.announced()).flatMap(({ event_type, payload }) =>
      event_type === 'order.restock_requested' ? [payload] : [],
    );
    expect(restocks).toMatchObject([{ reason: 'refund', items: [{ variant_id: VARIANT, quantity: 1 }] }]);
  });
});
