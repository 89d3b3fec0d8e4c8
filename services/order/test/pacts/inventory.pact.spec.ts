import { expect, it } from '@jest/globals';
import { describeContract } from '#test/kit/pact/contract.ts';
import { integer, uuid } from '#test/kit/pact/matchers.ts';
import { ORDER, orderAfter } from './orders.rig.ts';

const payload = { order_id: uuid(ORDER), attempt: integer(1) };

describeContract('order', 'inventory', (contract) => {
  it('that the goods are reserved, to confirm the order once it is paid', () =>
    contract.hears('inventory.reserved', { payload }, async (event) => {
      expect(await orderAfter(event)).toMatchObject({ status: 'pending', isReserved: true });
    }));

  it('that there are too few, to cancel the order', () =>
    contract.hears('inventory.out_of_stock', { payload }, async (event) => {
      expect(await orderAfter(event)).toMatchObject({ status: 'cancelled' });
    }));
});
