import { describe, expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import {
  currency,
  eachLike,
  fromProviderState,
  integer,
  moment,
  number,
  string,
  uuid,
} from '#test/kit/pact/matchers.ts';
import { httpProducts } from '../../adapters/clients/catalog.http.ts';
import { entersLake } from './lake.rig.ts';

const PRODUCT = '0190a000-0000-7000-8000-00000000000a';

describeContract('analytics', 'catalog', (contract) => {
  it('which products customers see, to count nothing about others', () => {
    const known = { product_ids: [fromProviderState('${product_id}', PRODUCT)] };
    return contract.asks(
      {
        given: 'a product is on sale',
        asking: 'which of the viewed products customers see',
        request: {
          method: 'POST',
          path: '/internal/v1/visible-products',
          scope: 'products:read',
          body: known,
        },
        response: { status: 200, body: known },
      },
      async (client) => {
        expect(await httpProducts(client).existing([PRODUCT])).toEqual(new Set([PRODUCT]));
      },
    );
  });

  describe('for the lake', () => {
    const VARIANT = '0190a000-0000-7000-8000-00000000000b';
    const AT = '2026-03-01T12:00:00.000Z';
    const about = { product_id: uuid(PRODUCT), version: integer(2) };
    const state = {
      ...about,
      name: string('Kettle'),
      description: string('Boils water.'),
      category: string('Kitchen'),
      brand: string('Lux'),
      variants: eachLike({
        variant_id: uuid(VARIANT),
        sku: string('KET-RED'),
        price: number(19.99),
        currency: currency(),
      }),
      updated_at: moment(AT),
    };

    it.each(['product.created', 'product.updated'] as const)('what a product is: %s', (type) =>
      contract.hears(type, state, (event) => entersLake(event, ...Object.keys(state))),
    );

    it('that a product is deleted', () =>
      contract.hears('product.deleted', about, (event) => entersLake(event, ...Object.keys(about))));

    it('how a product is rated', () => {
      const rated = { ...about, average: number(4.25), count: integer(8) };
      return contract.hears('product.rated', rated, (event) => entersLake(event, ...Object.keys(rated)));
    });
  });
});
