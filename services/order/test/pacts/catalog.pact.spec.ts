import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, eachLike, fromProviderState, number, string, uuid } from '#test/kit/pact/matchers.ts';
import { httpOffers } from '../../adapters/clients/upstreams.http.ts';

const VARIANT = '0190a000-0000-7000-8000-000000000001';
const PRODUCT = '0190a000-0000-7000-8000-000000000002';

describeContract('order', 'catalog', (contract) => {
  const askingFor = (variantId: unknown) =>
    ({
      method: 'POST',
      path: '/internal/v1/offers',
      scope: 'offers:read',
      body: { variant_ids: [variantId] },
    }) as const;

  it('for name and price of a variant', () =>
    contract.asks(
      {
        given: 'a variant is on sale',
        asking: 'for the offer of a variant',
        request: askingFor(fromProviderState('${variant_id}', VARIANT)),
        response: {
          status: 200,
          body: {
            items: eachLike({
              product_id: uuid(PRODUCT),
              variant_id: uuid(VARIANT),
              sku: string('KET-RED'),
              name: string('Kettle (Red)'),
              price: number(19.99),
              currency: currency(),
            }),
          },
        },
      },
      async (client) => {
        expect(await httpOffers(client).of([VARIANT], 'EUR')).toEqual(
          new Map([
            [
              VARIANT,
              {
                productId: PRODUCT,
                variantId: VARIANT,
                sku: 'KET-RED',
                name: 'Kettle (Red)',
                price: { minor: 1_999, currency: 'EUR' },
              },
            ],
          ]),
        );
      },
    ));

  it('for the price of a variant in another currency', () =>
    contract.asks(
      {
        given: 'a variant is on sale in two currencies',
        asking: 'for the offer of a variant with two prices',
        request: askingFor(fromProviderState('${variant_id}', VARIANT)),
        response: {
          status: 200,
          body: {
            items: eachLike({
              product_id: uuid(PRODUCT),
              variant_id: uuid(VARIANT),
              sku: string('KET-RED'),
              name: string('Kettle (Red)'),
              price: number(19.99),
              currency: currency(),
              other_prices: eachLike({ price: number(21.5), currency: string('USD') }),
            }),
          },
        },
      },
      async (client) => {
        const priced = async (code: string) =>
          (await httpOffers(client).of([VARIANT], code)).get(VARIANT)?.price;
        expect([await priced('USD'), await priced('CHF')]).toEqual([
          { minor: 2_150, currency: 'USD' },
          { minor: 1_999, currency: 'EUR' },
        ]);
      },
    ));

  it('for no offer of a variant that is not on sale', () =>
    contract.asks(
      {
        given: 'nothing is on sale',
        asking: 'for the offer of a variant that is not on sale',
        request: askingFor(VARIANT),
        response: { status: 200, body: { items: [] } },
      },
      async (client) => {
        expect(await httpOffers(client).of([VARIANT], 'EUR')).toEqual(new Map());
      },
    ));
});
