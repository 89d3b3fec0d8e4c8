import { describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { ADDRESS, orderForEachTest, USER, VARIANT } from './order.rig.ts';

const FREE_SHIPPING = { option_id: 'dhl:express', carrier: 'DHL', service: 'Express', price: 0, currency: 'EUR', estimated_delivery: '2026-03-03' }; // prettier-ignore

describe.each(['EUR', 'DE'])('where prices include tax, configured by %s', (market) => {
  const { service, world, place } = orderForEachTest(undefined, {
    ORDER_PRICES_INCLUDE_TAX: `GB, ${market}`,
  });

  const quote = async (country = 'DE'): Promise<Answered> =>
    service.send('POST', '/api/v1/checkout/quote', {
      token: await service.toolbox.tokenOf(USER),
      body: { shipping_address: { ...ADDRESS, country } },
    });

  it('15.00 stays 15.00, of which 2.39 is tax', async () => {
    world.offers = {
      items: [{ variant_id: VARIANT, sku: 'K-1', name: 'Kettle', price: 7.5, currency: 'EUR' }],
    };
    world.quotes = { items: [FREE_SHIPPING] };
    expect((await quote()).body).toMatchObject({
      prices_include_tax: true,
      subtotal: 15,
      options: [{ shipping: 0, tax: 2.39, total: 15 }],
    });
    const { body } = await place({ expected_total: 15 });
    expect(body).toMatchObject({
      prices_include_tax: true,
      items: [{ price: 7.5, tax: 2.39, total: 15 }],
      subtotal: 15,
      tax_total: 2.39,
      total_amount: 15,
    });
    expect(await service.toolbox.announced()).toMatchObject([
      { event_version: '3.0', payload: { prices_include_tax: true, tax_total: 2.39, total_amount: 15 } },
    ]);
  });

  it('customers pay the list price, whatever the rate', async () => {
    expect((await quote('FR')).body).toMatchObject(
      market === 'EUR'
        ? { prices_include_tax: true, options: [{ total: 25, tax: 4.16 }] }
        : { prices_include_tax: false, options: [{ total: 30, tax: 5 }] },
    );
  });
});
