import { describe, expect, it } from 'vitest';
import { DAY } from '#kernel/clock.ts';
import type { Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import type { components } from '#openapi/generated/order.ts';
import { openClaims } from './claims.rig.ts';
import { GUEST, orderForEachTest, PRODUCT, STRANGER, USER, VARIANT } from './order.rig.ts';

type Schemas = components['schemas'];
type TimelineEntry = Schemas['Order']['timeline'][number];

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
    expect(
      (await service.toolbox.announced()).flatMap((event) =>
        event.event_type === 'order.placed' && 'exchange_for' in event.payload
          ? [[event.key, event.payload.exchange_for]]
          : [],
      ),
    ).toMatchObject([[exchangeId, { order_id: orderId }]]);
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

  const BLUE = { product_id: PRODUCT, variant_id: OTHER, sku: 'K-2', name: 'Kettle (Blue)', price: 10, currency: 'EUR' }; // prettier-ignore
  const SEND_BLUE = { lines: [{ variant_id: VARIANT, instead_id: OTHER.toUpperCase() }] };
  /** A return of one of two kettles at 10.00, and 19 % tax, whose goods are inspected. */
  const inspected = async (orderId?: string): Promise<string> => {
    const path = pathOf(await ask(orderId ?? (await delivered())));
    await staff(`${path}/receipt`, receipt());
    await staff(`${path}/inspection`, inspection(1));
    return path;
  };
  const orderOf = (path: string): string => path.split('/')[1] ?? '';
  const exchangeIn = ({ body }: Answered): string => (body.exchange as { order_id: string }).order_id;
  const refundsOf = async (path: string): Promise<unknown> =>
    (await openClaims(service.toolbox).queries.find(orderOf(path)))?.state.refunds.map(
      ({ amountMinor }) => amountMinor,
    );

  /** Newest first. */
  const timelineOf = async (path: string): Promise<readonly TimelineEntry[]> =>
    (
      (await staff(`staff/orders/${orderOf(path)}`)).body as { readonly order: Schemas['Order'] }
    ).order.timeline.toReversed();

  it('are exchanged for another variant of the product, at the same price', async () => {
    const path = await inspected();
    for (const [items, other] of [
      [[], {}],
      [[{ ...BLUE, currency: 'USD' }], {}],
      [[{ ...BLUE, product_id: STRANGER }], {}],
      [[BLUE], { lines: [{ variant_id: OTHER, instead_id: OTHER }] }],
    ] as const) {
      world.offers = { items };
      const refused = [
        await staff(`${path}/exchange`, { ...SEND_BLUE, ...other }),
        await staff(`${path}/exchange-quote?instead=${'lines' in other ? OTHER : VARIANT}:${OTHER}`),
      ];
      for (const answer of refused)
        expect(answer).toMatchObject({
          status: 422,
          body: { code: 'lines' in other ? 'INVALID_RETURN_LINE' : 'NOT_EXCHANGEABLE' },
        });
    }
    world.offers = { items: [BLUE] };
    expect((await staff(`${path}/exchange-quote?instead=${VARIANT}:${OTHER}`)).body).toEqual({
      due: 0,
      refund_amount: 0,
      currency: 'EUR',
    });
    const exchanged = await staff(`${path}/exchange`, SEND_BLUE);
    expect(exchanged).toMatchObject({ status: 200, body: { state: 'exchanging' } });
    expect((await as(USER, 'GET', `orders/${exchangeIn(exchanged)}`)).body).toMatchObject({
      total_amount: 0,
      items: [{ variant_id: OTHER, sku: 'K-2', name: 'Kettle (Blue)', quantity: 1, price: 0 }],
    });
  });

  describe('that are exchanged for something cheaper', () => {
    const cheaper = async (path: string): Promise<string> => {
      world.offers = { items: [{ ...BLUE, price: 7.5 }] };
      const answer = await staff(`${path}/exchange`, SEND_BLUE);
      expect(answer).toMatchObject({ body: { state: 'exchanging', exchange: { difference_refund: 2.98 } } });
      return exchangeIn(answer);
    };
    const paidOut = async (path: string, refundId: string, amount: number): Promise<void> =>
      hear('payment.refunded', orderOf(path), {
        refund_id: refundId,
        amount,
        currency: 'EUR',
        refunded_total: amount,
      });

    it('give back the difference with its tax, once, when the order in exchange is confirmed', async () => {
      const path = await inspected();
      world.offers = { items: [{ ...BLUE, price: 7.5 }] };
      expect((await staff(`${path}/exchange-quote?instead=${VARIANT}:${OTHER}`)).body).toEqual({
        due: 0,
        refund_amount: 2.98,
        currency: 'EUR',
      });
      const exchangeId = await cheaper(path);
      await work();
      expect(await refundsOf(path)).toEqual([]);
      await hear('inventory.reserved', exchangeId);
      await work();
      await work();
      expect(await refundsOf(path)).toEqual([298]);
      await paidOut(path, `exchange-${exchangeId}`, 2.98);
      await work();
      expect(await returned(orderOf(path))).toMatchObject([{ state: 'exchanged' }]);
      const [event] = (await service.toolbox.announced()).flatMap((one) =>
        one.event_type === 'order.refunded' ? [one.payload] : [],
      );
      expect(event).toMatchObject({ amount: 2.98, reason: 'exchange', lines: [], refunded_products: [] });
      for (const part of ['', '/refund-quote', '/returns', '/documents'])
        expect([part, (await staff(`orders/${orderOf(path)}${part}`)).status]).toEqual([part, 200]);
      for (const id of [orderOf(path), exchangeId])
        expect((await staff(`staff/orders/${id}`)).status).toBe(200);
      // The request that led to it is known at each step.
      const [{ detail: last } = {}, ...others] = await timelineOf(path);
      expect(last).toBe('Refunded 2.98 EUR: exchange');
      expect(others.filter(({ correlation_id: id }) => id === undefined)).toEqual([]);
      // The other kettle is worth what was paid for it.
      const lines = [{ variant_id: VARIANT, quantity: 1 }];
      expect(await staff(`orders/${orderOf(path)}/refunds`, { lines, reason: 'goodwill' })).toMatchObject({
        status: 202,
      });
      expect(await refundsOf(path)).toEqual([298, 1_190]);
    });

    it('give back no more than was paid, if the exchange fails later and they are refunded', async () => {
      const path = await inspected();
      const exchangeId = await cheaper(path);
      await hear('inventory.reserved', exchangeId);
      await work();
      await paidOut(path, `exchange-${exchangeId}`, 2.98);
      await as(USER, 'PUT', `orders/${exchangeId}/cancel`);
      await hear('shipment.cancelled', exchangeId);
      await work();
      expect(await returned(orderOf(path))).toMatchObject([{ state: 'inspected' }]);
      // The same goods would now cost the difference, which cannot be charged.
      expect(await staff(`${path}/exchange`, {})).toMatchObject({ body: { code: 'NOT_EXCHANGEABLE' } });
      expect(await staff(`${path}/exchange-quote?waive=true`)).toMatchObject({ status: 200 });
      expect(await staff(`${path}/refund`, {})).toMatchObject({ body: { refund_amount: 8.92 } });
      await paidOut(path, path.replace(/.*returns\//, 'return-'), 8.92);
      await work();
      expect(await returned(orderOf(path))).toMatchObject([{ state: 'refunded', refund_amount: 8.92 }]);
      // The other kettle is still worth 11.90.
      const lines = [{ variant_id: VARIANT, quantity: 1 }];
      await staff(`orders/${orderOf(path)}/refunds`, { lines, reason: 'goodwill' });
      expect(await refundsOf(path)).toEqual([298, 892, 1_190]);
    });
  });

  describe('that are exchanged for something dearer', () => {
    const offered = async (path: string, price = 12.5): Promise<Answered> => {
      world.offers = { items: [{ ...BLUE, price }] };
      return staff(`${path}/exchange`, SEND_BLUE);
    };
    const PAYMENT = { payment_token: 'tok_2', expected_total: 2.98, currency: 'EUR' };
    const pay = (path: string, body: object = PAYMENT, headers?: Record<string, string>): Promise<Answered> =>
      as(USER, 'POST', `${path}/exchange-payment`, body, headers);
    const stateOf = async (path: string): Promise<unknown> =>
      ((await returned(orderOf(path))) as readonly { readonly state: string }[])[0]?.state;

    it('wait for the customer, who pays the difference with the order in exchange', async () => {
      const path = await inspected();
      const offer = await offered(path);
      const until = new Date(service.toolbox.clock.now().getTime() + 14 * DAY).toISOString();
      expect(offer).toMatchObject({
        status: 200,
        body: {
          state: 'awaiting_payment',
          exchange_offer: {
            lines: [{ variant_id: VARIANT, instead_id: OTHER, name: 'Kettle (Blue)' }],
            due: 2.98,
            currency: 'EUR',
            until,
          },
          acts: ['reject', 'refund', 'exchange'],
        },
      });
      // Repeating it sends no second mail.
      await offered(path);
      const requests = (await service.toolbox.announced()).flatMap((one) =>
        one.event_type === 'return.payment_requested' ? [one.payload] : [],
      );
      expect(requests).toMatchObject([{ amount: 2.98, currency: 'EUR', valid_until: until }]);
      // The price holds.
      world.offers = { items: [{ ...BLUE, price: 20 }] };
      expect(await pay(path, { ...PAYMENT, expected_total: 1 })).toMatchObject({
        status: 409,
        body: { code: 'PRICE_CHANGED' },
      });
      const headers = { 'idempotency-key': 'paid-once' };
      const paid = await pay(path, PAYMENT, headers);
      expect(paid).toMatchObject({ status: 202, body: { state: 'exchanging' } });
      expect((await pay(path, PAYMENT, headers)).body).toEqual(paid.body);
      expect((await pay(path)).body).toMatchObject({ exchange: { order_id: exchangeIn(paid) } });
      const exchangeId = exchangeIn(paid);
      expect((await as(USER, 'GET', `orders/${exchangeId}`)).body).toMatchObject({
        status: 'pending',
        subtotal: 2.5,
        tax_total: 0.48,
        total_amount: 2.98,
        items: [{ variant_id: OTHER, quantity: 1, price: 2.5 }],
      });
      const placed = (await service.toolbox.announced()).filter(
        ({ event_type: type }) => type === 'order.placed',
      );
      expect(placed).toHaveLength(2);
      expect(placed.at(-1)?.payload).toMatchObject({ payment_token: 'tok_2', total_amount: 2.98 });
      await confirm(exchangeId);
      await work();
      expect(await stateOf(path)).toBe('exchanged');
      await hear('payment.successful', exchangeId);
    });

    it('are offered again if the payment is refused, as long as the offer holds', async () => {
      const path = await inspected();
      await offered(path);
      const first = exchangeIn(await pay(path));
      await hear('payment.failed', first, { reason: 'card_declined' });
      await work();
      expect(await returned(orderOf(path))).toMatchObject([
        { state: 'awaiting_payment', exchange: { failure: expect.any(String) as string } },
      ]);
      const second = exchangeIn(await pay(path, { ...PAYMENT, payment_token: 'tok_3' }));
      expect(second).not.toBe(first);
      service.toolbox.clock.advance(14 * DAY);
      await hear('payment.failed', second, { reason: 'card_declined' });
      await work();
      expect(await stateOf(path)).toBe('inspected');
    });

    it('are not offered again if the goods are out of stock', async () => {
      const path = await inspected();
      await offered(path);
      await hear('inventory.out_of_stock', exchangeIn(await pay(path)));
      await work();
      expect(await stateOf(path)).toBe('inspected');
      expect(await pay(path)).toMatchObject({ status: 409, body: { code: 'RETURN_STATE' } });
    });

    it('are inspected again when the offer ends', async () => {
      const path = await inspected();
      await offered(path);
      service.toolbox.clock.advance(7 * DAY);
      await offered(path, 15);
      service.toolbox.clock.advance(7 * DAY);
      await work();
      expect(await stateOf(path)).toBe('awaiting_payment');
      service.toolbox.clock.advance(7 * DAY);
      expect(await pay(path, { ...PAYMENT, expected_total: 5.95 })).toMatchObject({
        status: 409,
        body: { code: 'RETURN_STATE' },
      });
      await work();
      expect(await stateOf(path)).toBe('inspected');
    });

    it('are sent without charge where staff waive the difference', async () => {
      const path = await inspected();
      await offered(path);
      const waived = await staff(`${path}/exchange`, { ...SEND_BLUE, waive: true });
      expect(waived).toMatchObject({
        body: { state: 'exchanging', exchange: { waived_amount: 2.98 } },
      });
      expect((await as(USER, 'GET', `orders/${exchangeIn(waived)}`)).body).toMatchObject({ total_amount: 0 });
      expect((await as(USER, 'GET', path.replace(/\/[^/]*$/, ''))).body).not.toMatchObject({
        items: [{ exchange: { waived_amount: 2.98 } }],
      });
      expect(await pay(path)).toMatchObject({ status: 202, body: { state: 'exchanging' } });
      await hear('inventory.reserved', exchangeIn(waived));
      await work();
      expect(await stateOf(path)).toBe('exchanged');
      expect(await refundsOf(path)).toEqual([]);
    });

    it('can be refunded instead, and are then paid no longer', async () => {
      const path = await inspected();
      await offered(path);
      const [refunded, paid] = await Promise.all([staff(`${path}/refund`, {}), pay(path)]);
      expect([refunded.status, paid.status].sort()).toEqual([202, 409]);
    });

    it('are paid by their customer only', async () => {
      const path = await inspected();
      await offered(path);
      const other = '01900000-0000-7000-8000-0000000000ee';
      expect(await as(other, 'POST', `${path}/exchange-payment`, PAYMENT)).toMatchObject({ status: 404 });
      expect((await service.send('POST', `/api/v1/${path}/exchange-payment`, { body: PAYMENT })).status).toBe(
        401,
      );
      expect(await as(USER, 'GET', `${path}/exchange-quote`)).toMatchObject({ status: 403 });
    });

    it('keep the goods where the difference is given back after the delivery, as goodwill', async () => {
      const path = await inspected();
      await offered(path);
      const exchangeId = exchangeIn(await pay(path));
      await confirm(exchangeId);
      await hear('payment.successful', exchangeId);
      await hear('shipment.created', exchangeId);
      await report(exchangeId, 'delivered');
      await work();
      const body = { amount: 2.98, currency: 'EUR', reason: 'goodwill' };
      await staff(`orders/${exchangeId}/refunds`, body);
      const now = service.toolbox.clock.now();
      const [task] = await service.toolbox.stores.tasks.claim('order.refund', now, now, 1);
      const { refundKey } = (task?.payload ?? {}) as { readonly refundKey: string };
      await hear('payment.refunded', exchangeId, {
        refund_id: refundKey,
        amount: 2.98,
        currency: 'EUR',
        refunded_total: 2.98,
      });
      await work();
      expect((await staff(`orders/${exchangeId}`)).body).toMatchObject({ status: 'refunded' });
      expect(await stateOf(path)).toBe('exchanged');
    });

    it('can be refunded after all, where the parcel is lost and its payment is refunded', async () => {
      const path = await inspected();
      await offered(path);
      const exchangeId = exchangeIn(await pay(path));
      await confirm(exchangeId);
      await hear('payment.successful', exchangeId);
      await hear('shipment.created', exchangeId);
      await report(exchangeId, 'lost');
      await work();
      await staff(`orders/${exchangeId}/case-resolution`, { resolution: 'refund' });
      await work();
      expect(await stateOf(path)).toBe('exchanged');
      await hear('payment.refunded', exchangeId, {
        refund_id: 'case-1',
        amount: 2.98,
        currency: 'EUR',
        refunded_total: 2.98,
      });
      await work();
      expect(await stateOf(path)).toBe('inspected');
      expect(await staff(`${path}/refund`, {})).toMatchObject({ body: { refund_amount: 11.9 } });
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
