import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, integer, uuid } from '#test/kit/pact/matchers.ts';
import { openStock, ORDER, VARIANT } from './inventory.rig.ts';

describeContract('inventory', 'shipping', (contract) => {
  it('that a parcel was dispatched, to take its goods out of stock', () =>
    contract.hears(
      'shipment.created',
      {
        order_id: uuid(ORDER),
        attempt: integer(1),
        items: eachLike({ variant_id: uuid(VARIANT) }),
      },
      async (event) => {
        const stock = await openStock();
        await stock.order();
        expect(await stock.after(event)).toEqual([18, 0]);
      },
    ));
});
