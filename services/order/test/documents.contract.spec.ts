import { describe, expect, it } from 'vitest';
import { STORES } from '#test/kit/toolbox.ts';
import { ADDRESS, orderForEachTest, STRANGER, USER, VARIANT } from './order.rig.ts';
import { pdfText } from './pdf-text.ts';

describe.each(STORES)('documents in %s', (store) => {
  const { service, world, place, placeAsGuest, hear, confirm } = orderForEachTest(store, {
    ORDER_SELLER_NAME: 'Müller & Söhne GmbH',
    ORDER_SELLER_ADDRESS: 'Straße 1 | 10115 Berlin',
    ORDER_SELLER_VAT_ID: 'DE123456789',
  });
  let carts = 10;
  const placed = async (body: object = {}): Promise<string> => {
    carts += 1;
    world.cart = { ...world.cart, version: carts };
    return String((await place({ cart_version: carts, ...body })).body.order_id);
  };
  const paid = async (body: object = {}): Promise<string> => {
    const orderId = await placed(body);
    await confirm(orderId);
    await hear('payment.successful', orderId);
    return orderId;
  };
  const get = async (path: string, headers: Readonly<Record<string, string>>) => {
    const response = await fetch(`${service.url}${path}`, { headers });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isPdf = response.headers.get('content-type') === 'application/pdf';
    return { status: response.status, bytes, text: isPdf ? await pdfText(bytes) : bytes.toString() };
  };
  const asCustomer = async () => ({ authorization: `Bearer ${await service.toolbox.tokenOf(USER)}` });
  const asStaff = async () => ({
    authorization: `Bearer ${await service.toolbox.tokenOf(STRANGER, 'order_manager')}`,
  });
  const invoice = async (orderId: string) => get(`/api/v1/orders/${orderId}/invoice`, await asCustomer());

  it('are invoices, numbered without gaps, the same whenever they are printed', async () => {
    const first = await paid();
    await placed(); // never paid
    const [second, third] = [await paid(), await paid()];
    const [one, two, three] = [await invoice(first), await invoice(second), await invoice(third)];
    expect(one.text).toContain('Rechnung INV-000001');
    expect(two.text).toContain('Rechnung INV-000002');
    expect(three.text).toContain('Rechnung INV-000003');
    await hear('shipment.created', first);
    expect((await invoice(first)).bytes.equals(one.bytes)).toBe(true);
  });

  it('get their numbers one after the other when they are issued at once', async () => {
    const orders = [await paid(), await paid(), await paid(), await paid()];
    const all = await Promise.all([...orders, ...orders].map(invoice));
    const numbers = all.map(({ text }) => /INV-(\d+)/.exec(text)?.[1]);
    expect([...new Set(numbers)].sort()).toEqual(['000001', '000002', '000003', '000004']);
    expect(numbers.slice(0, 4)).toEqual(numbers.slice(4));
  });

  it('name seller, buyer, lines and taxes, in Latin, Greek and Cyrillic letters', async () => {
    const orderId = await paid({
      shipping_address: { ...ADDRESS, recipient: 'Łukasz Żółć', line1: 'ul. Świętojańska 1' },
      billing_address: { ...ADDRESS, recipient: 'Ελένη Παππά', line1: 'Улица Ленина 5' },
      company: 'Überall AG',
      vat_id: 'DE136695976',
    });
    const { text } = await invoice(orderId);
    for (const part of [
      'Müller & Söhne GmbH',
      'USt-IdNr. DE123456789',
      'Überall AG',
      'Ελένη Παππά',
      'Улица Ленина 5',
      'USt-IdNr. DE136695976',
      'Kettle (Red)',
      'Netto zu 19 %',
      '25.00 EUR',
      'Steuer zu 19 %',
      '4.75 EUR',
      '29.75 EUR',
    ])
      expect(text).toContain(part);
    const slip = await get(`/api/v1/staff/orders/${orderId}/packing-slip`, await asStaff());
    expect(slip.text).toContain('Łukasz Żółć');
    expect(slip.text).toContain('Kettle (Red)');
    expect(slip.text).not.toContain('EUR');
  });

  const refund = async (orderId: string, key: string, amount: number, total: number, body: object) => {
    await hear('shipment.created', orderId);
    await service.send('POST', `/api/v1/orders/${orderId}/refunds`, {
      token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
      body: { reason: 'broken', ...body },
    });
    const { events } = (
      await service.send('GET', `/api/v1/staff/orders/${orderId}/saga`, {
        token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
      })
    ).body as { events: { type: string; data: { refund?: { refundKey: string } } }[] };
    const refund_id =
      events.findLast(({ type }) => type === 'refund-requested')?.data.refund?.refundKey ?? key;
    await hear('payment.refunded', orderId, { refund_id, amount, currency: 'EUR', refunded_total: total });
  };
  const documents = async (orderId: string): Promise<readonly { number: string; amount: number }[]> =>
    (
      JSON.parse((await get(`/api/v1/orders/${orderId}/documents`, await asCustomer())).text) as {
        items: { number: string; amount: number }[];
      }
    ).items;

  it('are a credit note for each refund, numbered apart, whose taxes add up to those of the invoice', async () => {
    const unpaid = await placed();
    expect(await documents(unpaid)).toEqual([]);
    const [orderId, other] = [await paid(), await paid()];
    expect(await documents(orderId)).toMatchObject([{ number: 'INV-000001', amount: 29.75 }]);
    const lines = [{ variant_id: VARIANT, quantity: 1 }];
    await refund(orderId, 'a', 11.9, 11.9, { lines });
    await refund(other, 'b', 10, 10, { amount: 10, currency: 'EUR' });
    await refund(orderId, 'c', 17.85, 29.75, { lines, shipping: true });
    expect(await documents(orderId)).toMatchObject([
      { kind: 'invoice', number: 'INV-000001' },
      { kind: 'credit_note', number: 'CN-000001', amount: 11.9 },
      { kind: 'credit_note', number: 'CN-000002', amount: 17.85 },
    ]);
    expect(await documents(other)).toMatchObject([{}, { number: 'CN-000003', amount: 10 }]);
    const note = async (number: string, headers = asCustomer()) =>
      get(`/api/v1/orders/${orderId}/credit-notes/${number}`, await headers);
    const first = await note('CN-000001');
    for (const part of [
      'Rechnungskorrektur CN-000001',
      'Zur Rechnung: INV-000001',
      'Kettle (Red)',
      '11.90 EUR',
      '1.90 EUR',
      '10.00 EUR',
    ])
      expect(first.text).toContain(part);
    expect((await note('CN-000002')).text).toContain('2.85 EUR');
    expect((await note('CN-000001')).bytes.equals(first.bytes)).toBe(true);
    expect((await note('CN-000003')).status).toBe(404);
    expect((await note('CN-000001', asStaff())).status).toBe(200);
    const stranger = { authorization: `Bearer ${await service.toolbox.tokenOf(STRANGER)}` };
    expect((await note('CN-000001', Promise.resolve(stranger))).status).toBe(404);
    expect((await get(`/api/v1/orders/${orderId}/documents`, {})).status).toBe(401);
  });

  it('get consecutive numbers of credit notes when they are issued at once', async () => {
    const orders = [await paid(), await paid(), await paid()];
    for (const orderId of orders) await refund(orderId, 'a', 10, 10, { amount: 10, currency: 'EUR' });
    const all = await Promise.all([...orders, ...orders].map(documents));
    const numbers = all.map(([, note]) => note?.number ?? '');
    expect([...new Set(numbers)].sort()).toEqual(['CN-000001', 'CN-000002', 'CN-000003']);
    expect(numbers.slice(0, 3)).toEqual(numbers.slice(3));
  });

  it('are given to the customer, a guest with the token of the order, and staff', async () => {
    const orderId = await paid();
    const path = `/api/v1/orders/${orderId}/invoice`;
    const stranger = { authorization: `Bearer ${await service.toolbox.tokenOf(STRANGER)}` };
    expect((await get(path, await asStaff())).status).toBe(200);
    expect((await get(path, stranger)).status).toBe(404);
    expect((await get(path, {})).status).toBe(401);
    expect((await get(`/api/v1/staff/orders/${orderId}/packing-slip`, stranger)).status).toBe(403);
    const { body } = await placeAsGuest({ cart_version: carts });
    const guests = String(body.order_id);
    const token = { 'x-order-token': String(body.order_token) };
    expect((await get(`/api/v1/orders/${guests}/invoice`, token)).status).toBe(409);
    await confirm(guests);
    await hear('payment.successful', guests);
    expect((await get(`/api/v1/orders/${guests}/invoice`, token)).status).toBe(200);
    expect((await get(path, token)).status).toBe(404);
  });

  it('are packing slips of many orders in one file', async () => {
    const orders = [await paid(), await paid()];
    const query = orders.map((orderId) => `order_ids=${orderId}`).join('&');
    const { status, text } = await get(`/api/v1/staff/orders/packing-slips?${query}`, await asStaff());
    expect(status).toBe(200);
    expect(text.match(/Lieferschein/g)).toHaveLength(2);
    const missing = await get(`/api/v1/staff/orders/packing-slips?order_ids=${STRANGER}`, await asStaff());
    expect(missing.status).toBe(404);
  });
});
