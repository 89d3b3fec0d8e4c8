import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, eachLike, fromProviderState, number, string, uuid } from '#test/kit/pact/matchers.ts';
import { httpNeighbours } from '../../adapters/clients/neighbours.http.ts';
import { taskAfter } from './mails.rig.ts';
import { passesOn } from './webhooks.rig.ts';

const VARIANT = '0190a000-0000-7000-8000-000000000001';

describeContract('notification', 'catalog', (contract) => {
  passesOn(contract, 'product.created', 'product.deleted');

  it('what a variant is called and costs now', () =>
    contract.asks(
      {
        given: 'a variant is on sale',
        asking: 'what a variant is called and costs',
        request: {
          method: 'POST',
          path: '/internal/v1/offers',
          scope: 'offers:read',
          body: { variant_ids: [fromProviderState('${variant_id}', VARIANT)] },
        },
        response: {
          status: 200,
          body: {
            items: eachLike({
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
        expect(
          await httpNeighbours({ cart: client, catalog: client, inventory: client }).offers([VARIANT]),
        ).toEqual([
          {
            variantId: VARIANT,
            sku: 'KET-RED',
            name: 'Kettle (Red)',
            price: { minor: 1_999, currency: 'EUR' },
          },
        ]);
      },
    ));

  it('that a product has changed, for those who watch its price', () =>
    contract.hears(
      'product.updated',
      { variants: eachLike({ variant_id: uuid(VARIANT) }) },
      async (event) => {
        const alert = { userId: VARIANT, variantId: VARIANT, sku: 'KET-RED', isForStock: false };
        const below = { minor: 1_999, currency: 'EUR' };
        expect(await taskAfter(event, 'conclude', { ...alert, below })).toMatchObject({
          matter: { about: 'price', variantId: VARIANT },
        });
      },
    ));
});
