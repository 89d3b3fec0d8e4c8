import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, fromProviderState, integer, uuid } from '#test/kit/pact/matchers.ts';
import { httpStock } from '../../adapters/clients/upstreams.http.ts';
import { ORDER, orderAfter } from './orders.rig.ts';

const VARIANT = '0190a000-0000-7000-8000-000000000001';
const payload = { order_id: uuid(ORDER), attempt: integer(1) };

describeContract('order', 'inventory', (contract) => {
  it('for the available stock, to show it before the order is placed', () =>
    contract.asks(
      {
        given: 'a variant is in stock',
        asking: 'how many units of what is in a cart there are',
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
        expect(await httpStock(client).available([VARIANT])).toEqual(new Map([[VARIANT, 7]]));
      },
    ));

  it('that the goods are reserved, to confirm the order once it is paid', () =>
    contract.hears('inventory.reserved', payload, async (event) => {
      expect(await orderAfter(event)).toMatchObject({ status: 'pending', isReserved: true });
    }));

  it('that stock is too low, to cancel the order', () =>
    contract.hears('inventory.out_of_stock', payload, async (event) => {
      expect(await orderAfter(event)).toMatchObject({ status: 'cancelled' });
    }));
});
