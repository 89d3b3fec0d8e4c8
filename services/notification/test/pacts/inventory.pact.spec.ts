import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { boolean, eachLike, fromProviderState, integer, string, uuid } from '#test/kit/pact/matchers.ts';
import { httpNeighbours } from '../../adapters/clients/neighbours.http.ts';
import { taskAfter } from './mails.rig.ts';
import { passesOn } from './webhooks.rig.ts';

const VARIANT = '0190a000-0000-7000-8000-000000000001';
const USER = '0190a000-0000-7000-8000-000000000002';

describeContract('notification', 'inventory', (contract) => {
  passesOn(contract, 'inventory.low_stock', 'inventory.out_of_stock');

  it('how many units of a variant can be had', () =>
    contract.asks(
      {
        given: 'a variant is in stock',
        asking: 'how many units of a variant can be had',
        request: {
          method: 'POST',
          path: '/internal/v1/availability',
          scope: 'stock:read',
          body: { variant_ids: [fromProviderState('${variant_id}', VARIANT)] },
        },
        response: {
          status: 200,
          body: { items: eachLike({ variant_id: uuid(VARIANT), available: integer(7) }) },
        },
      },
      async (client) => {
        expect(
          await httpNeighbours({ cart: client, catalog: client, inventory: client }).stock([VARIANT]),
        ).toEqual(new Map([[VARIANT, 7]]));
      },
    ));

  it('that a SKU is available again, for those who wait for it', () =>
    contract.hears(
      'inventory.availability_changed',
      { sku: string('KET-RED'), is_available: boolean(true) },
      async (event) => {
        const alert = { userId: USER, variantId: VARIANT, sku: 'KET-RED', isForStock: true };
        expect(await taskAfter(event, 'conclude', alert)).toMatchObject({
          matter: { about: 'stock', sku: 'KET-RED' },
        });
      },
    ));
});
