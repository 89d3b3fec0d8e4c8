import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, eachLike, fromProviderState, number, string, uuid } from '#test/kit/pact/matchers.ts';
import { httpCatalog } from '../../adapters/clients/catalog.http.ts';

const VARIANT = '0190a000-0000-7000-8000-000000000001';
const PRODUCT = '0190a000-0000-7000-8000-000000000002';

describeContract('cart', 'catalog', (contract) => {
  const askingFor = (variantId: unknown) =>
    ({
      method: 'POST',
      path: '/internal/v1/offers',
      scope: 'offers:read',
      body: { variant_ids: [variantId] },
    }) as const;

  it('an offer of a variant, to show and to price the line', () =>
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
              image: string('/red.svg'),
              price: number(19.99),
              currency: currency(),
            }),
          },
        },
      },
      async (client) => {
        expect(await httpCatalog(client).offer(VARIANT)).toEqual({
          ok: true,
          value: {
            productId: PRODUCT,
            variantId: VARIANT,
            sku: 'KET-RED',
            name: 'Kettle (Red)',
            image: '/red.svg',
            price: { minor: 1_999, currency: 'EUR' },
          },
        });
      },
    ));

  it('an offer in several currencies, for a cart in one of them', () =>
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
        expect(await httpCatalog(client).offer(VARIANT)).toMatchObject({
          value: {
            price: { minor: 1_999, currency: 'EUR' },
            otherPrices: [{ minor: 2_150, currency: 'USD' }],
          },
        });
      },
    ));

  it('no offer of what is not on sale', () =>
    contract.asks(
      {
        given: 'nothing is on sale',
        asking: 'for the offer of a variant that is not on sale',
        request: askingFor(VARIANT),
        response: { status: 200, body: { items: [] } },
      },
      async (client) => {
        expect(await httpCatalog(client).offer(VARIANT)).toEqual({ ok: true, value: undefined });
      },
    ));
});
