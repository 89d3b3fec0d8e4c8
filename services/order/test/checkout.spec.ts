import { describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { ADDRESS, ITEM, orderForEachTest, USER, VARIANT } from './order.rig.ts';

const { service, world, place, hear, get } = orderForEachTest();

describe('a checkout quote', () => {
  const quote = async (body: object = { shipping_address: ADDRESS }): Promise<Answered> =>
    service.send('POST', '/api/v1/checkout/quote', { token: await service.toolbox.tokenOf(USER), body });

  it('returns the total of the cart with each shipping option', async () => {
    const { status, body } = await quote();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      cart_version: 3,
      currency: 'EUR',
      subtotal: 20,
      prices_include_tax: false,
      items: [{ item_id: ITEM, name: 'Kettle (Red)', quantity: 2, available: 12, price: 10, total: 20 }],
      issues: [],
      options: [{ shipping_option_id: 'dhl:express', shipping: 5, tax: 4.75, total: 29.75 }],
    });
  });

  it('includes tax by country, and by region where regions differ', async () => {
    const canary = { ...ADDRESS, postal_code: '35001', country: 'ES', region: 'Las Palmas' };
    expect((await quote({ shipping_address: canary })).body.options[0].tax).toBe(1.75);
    const abroad = { ...ADDRESS, postal_code: '018956', country: 'SG' };
    expect((await quote({ shipping_address: abroad })).body.options[0].total).toBe(25);
  });

  it.each([['CA'], ['ca'], ['CA '], ['US-CA'], ['California']])(
    'includes the tax of Los Angeles for %j',
    async (region) => {
      const shipping_address = { ...ADDRESS, postal_code: '90001', country: 'US', region };
      expect((await quote({ shipping_address })).body.options[0]).toMatchObject({ tax: 1.81 });
    },
  );

  it.each([['Narnia'], ['constructor'], ['__proto__'], ['']])(
    'never includes tax for an unknown region: %j',
    async (region) => {
      const shipping_address = { ...ADDRESS, postal_code: '90001', country: 'US', region };
      expect(await quote({ shipping_address })).toMatchObject({
        status: 422,
        body: { code: 'INVALID_ADDRESS', errors: [{ pointer: '/body/shipping_address/region' }] },
      });
    },
  );

  it('needs no postal code where there are none', async () => {
    const { postal_code: _, ...address } = ADDRESS;
    expect(await quote({ shipping_address: { ...address, country: 'HK' } })).toMatchObject({ status: 200 });
    expect(await quote({ shipping_address: { ...address, postal_code: ' ' } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/body/shipping_address/postal_code' }] },
    });
  });

  it('returns the available stock if it is too low', async () => {
    world.levels = { items: [{ variant_id: VARIANT, available: 1 }] };
    expect((await quote()).body).toMatchObject({
      items: [{ quantity: 2, available: 1 }],
      issues: [
        {
          code: 'OUT_OF_STOCK',
          item_id: ITEM,
          variant_id: VARIANT,
          sku: 'K-1',
          requested: 2,
          available: 1,
        },
      ],
    });
  });

  it('works without the inventory, and for variants unknown to it', async () => {
    world.levels = { items: [] };
    expect((await quote()).body).toMatchObject({ issues: [], options: [{ total: 29.75 }] });
    world.isInventoryDown = true;
    const { body } = await quote();
    expect(body.issues).toEqual([]);
    expect(body.items[0].available).toBeUndefined();
  });

  it('names variants that are no longer on sale, or not in that currency', async () => {
    const named = [{ pointer: '/items/0', item_id: ITEM, sku: 'K-1' }];
    world.offers = { items: [] };
    expect(await quote()).toMatchObject({ status: 409, body: { code: 'ITEM_NOT_SOLD', errors: named } });
    world.offers = {
      items: [{ variant_id: VARIANT, sku: 'K-1', name: 'Kettle', price: 9, currency: 'USD' }],
    };
    expect(await quote()).toMatchObject({ status: 409, body: { code: 'CURRENCY_MISMATCH', errors: named } });
  });

  it('prices a cart in its currency', async () => {
    world.cart = { ...world.cart, currency: 'USD' };
    world.offers = {
      items: [{ variant_id: VARIANT, sku: 'K-1', name: 'Kettle', price: 9, currency: 'EUR', other_prices: [{ price: 11, currency: 'USD' }] }],
    }; // prettier-ignore
    world.quotes = { items: [{ option_id: 'dhl:express', carrier: 'DHL', service: 'Express', price: 5, currency: 'USD', estimated_delivery: '2026-03-03' }] }; // prettier-ignore
    expect(await quote()).toMatchObject({ status: 200, body: { currency: 'USD', items: [{ price: 11 }] } });
  });

  it('checks a company’s VAT id against the format of its country', async () => {
    const body = { shipping_address: ADDRESS, company: 'ACME', vat_id: 'DE 123 456 789' };
    expect((await quote(body)).status).toBe(200);
    expect(await quote({ ...body, vat_id: 'DE12' })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_VAT_ID', errors: [{ pointer: '/body/vat_id' }] },
    });
    expect(await quote({ ...body, company: '\u202e' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/body/company' }] },
    });
  });

  it('supports currencies with large amounts', async () => {
    world.cart = { ...world.cart, currency: 'VND' };
    world.offers = {
      items: [{ variant_id: VARIANT, sku: 'K-1', name: 'Kettle', price: 9_000_000, currency: 'VND' }],
    };
    world.quotes = { items: [{ option_id: 'dhl:express', carrier: 'DHL', service: 'Express', price: 1_000, currency: 'VND', estimated_delivery: '2026-03-03' }] }; // prettier-ignore
    expect(await quote()).toMatchObject({
      status: 200,
      body: { subtotal: 18_000_000, options: [{ total: 21_421_190 }] },
    });
  });

  it.each([
    ['CART_EMPTY', 409, () => (world.cart = { ...world.cart, items: [] })],
    ['ITEM_NOT_SOLD', 409, () => (world.offers = { items: [] })],
    ['NOT_DELIVERABLE', 422, () => (world.quotes = { items: [] })],
    ['CURRENCY_MISMATCH', 409, () => (world.cart = { ...world.cart, currency: 'USD' })],
  ])('is refused with %s', async (code, status, change) => {
    change();
    expect(await quote()).toMatchObject({ status, body: { code } });
  });

  it('returns 503 while an upstream is down', async () => {
    world.isDown = true;
    expect(await quote()).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
  });

  it('needs an address, and a user', async () => {
    expect(await quote({})).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(
      await service.send('POST', '/api/v1/checkout/quote', { body: { shipping_address: ADDRESS } }),
    ).toMatchObject({
      status: 401,
    });
  });
});

describe('placing an order', () => {
  it('returns the pending order', async () => {
    const { status, headers, body } = await place();
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/orders/${body.order_id}`);
    expect(body).toMatchObject({
      status: 'pending',
      total_amount: 29.75,
      tax_total: 4.75,
      items: [{ name: 'Kettle (Red)', quantity: 2, price: 10, tax: 3.8, total: 20 }],
      timeline: [{ status: 'pending', detail: 'Order placed' }],
    });
    expect(JSON.stringify(body)).not.toContain('tok_1');
  });

  it('happens once per Idempotency-Key, even if the cart is empty afterwards', async () => {
    const key = { 'idempotency-key': 'order-0001' };
    const first = await place({}, key);
    world.cart = { ...world.cart, version: 4, items: [] };
    const again = await place({}, key);
    expect(again).toMatchObject({ status: 201, body: { order_id: first.body.order_id } });
    expect(await place({ payment_token: 'other' }, key)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } }); // prettier-ignore
  });

  it('uses a version of a cart once', async () => {
    await place();
    expect(await place()).toMatchObject({ status: 409, body: { code: 'CART_ALREADY_ORDERED' } });
  });

  it.each([
    ['CART_CHANGED', { cart_version: 2 }],
    ['PRICE_CHANGED', { expected_total: 29.74 }],
    ['PRICE_CHANGED', { expected_total: 29.755 }],
    ['CURRENCY_MISMATCH', { currency: 'USD' }],
  ])('is refused with %s', async (code, changes) => {
    expect(await place(changes)).toMatchObject({ status: 409, body: { code } });
    expect(await service.toolbox.announced()).toEqual([]);
  });

  it('is refused with all items that are short, if known', async () => {
    world.levels = { items: [{ variant_id: VARIANT, available: 1 }] };
    expect(await place()).toMatchObject({
      status: 409,
      body: {
        code: 'OUT_OF_STOCK',
        errors: [{ pointer: '/items/0', item_id: ITEM, sku: 'K-1', requested: 2, available: 1 }],
      },
    });
    expect(await service.toolbox.announced()).toEqual([]);
    world.isInventoryDown = true;
    expect((await place()).status).toBe(201);
  });

  it('uses the billing address, or else the shipping address', async () => {
    const billing_address = { ...ADDRESS, line1: ' Office  2 ', region: '' };
    const company = { billing_address, company: ' ACME ', vat_id: 'de123456789' };
    const { region: _, ...billed } = { ...billing_address, line1: 'Office 2' };
    const { body } = await place(company);
    expect(body).toMatchObject({ billing_address: billed, company: 'ACME', vat_id: 'DE123456789' });
    expect(await service.toolbox.announced()).toMatchObject([
      {
        event_type: 'order.placed',
        event_version: '3.0',
        payload: { billing_address: billed, company: 'ACME', vat_id: 'DE123456789' },
      },
    ]);
    world.cart = { ...world.cart, version: 4 };
    const plain = await place({ cart_version: 4 });
    expect(plain.body).toMatchObject({ billing_address: ADDRESS });
    expect((await service.toolbox.announced())[1]?.payload).not.toHaveProperty('billing_address');
  });

  it('needs a payment token if there is something to pay', async () => {
    expect(await place({ payment_token: undefined })).toMatchObject({
      status: 422,
      body: { code: 'PAYMENT_TOKEN_REQUIRED', errors: [{ pointer: '/body/payment_token' }] },
    });
  });

  it('without charge needs no payment token, and is paid', async () => {
    world.offers = {
      items: [{ variant_id: VARIANT, sku: 'K-1', name: 'Kettle', price: 0, currency: 'EUR' }],
    };
    world.quotes = { items: [{ option_id: 'dhl:express', carrier: 'DHL', service: 'Express', price: 0, currency: 'EUR', estimated_delivery: '2026-03-03' }] }; // prettier-ignore
    const { status, body } = await place({ payment_token: undefined, expected_total: 0 });
    expect(status).toBe(201);
    expect(body).toMatchObject({ total_amount: 0, payment: { status: 'captured' } });
    await hear('inventory.reserved', body.order_id);
    expect((await get(body.order_id)).body).toMatchObject({ status: 'confirmed' });
    expect(await service.toolbox.stores.tasks.nextDue('order.capture')).toBeUndefined();
    const staff = { token: await service.toolbox.tokenOf(USER, 'order_manager') };
    const refund = (amount: number) =>
      service.send('POST', `/api/v1/orders/${body.order_id}/refunds`, {
        ...staff,
        body: { amount, currency: 'EUR', reason: 'x' },
      });
    expect(await refund(0)).toMatchObject({ status: 400 });
    expect(await refund(0.01)).toMatchObject({ status: 422, body: { code: 'REFUND_TOO_HIGH' } });
  });

  it('is refused if the shipping option no longer exists', async () => {
    expect(await place({ shipping_option_id: 'owl' })).toMatchObject({
      status: 422,
      body: { code: 'SHIPPING_OPTION_UNAVAILABLE' },
    });
  });

  it.each([
    { cart_version: -1 },
    { expected_total: -5 },
    { extra: 1 },
    { payment_token: '' },
    { company: ' ' },
    { shipping_address: {} },
  ])('is refused as invalid with %j', async (changes) => {
    expect(await place(changes)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });
});
