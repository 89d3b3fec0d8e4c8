import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { uuid } from '#test/kit/pact/matchers.ts';
import { openRig, orderConfirmed } from '../shipping.rig.ts';

const ORDER = '0190a000-0000-7000-8000-000000000001';

describeContract('shipping', 'payment', (contract) => {
  it('that an order is paid, to dispatch it', () =>
    contract.hears('payment.successful', { order_id: uuid(ORDER) }, async (event) => {
      const rig = await openRig('memory');
      await rig.hear(orderConfirmed(ORDER));
      await rig.hear(event);
      expect(await rig.consignmentOf(ORDER)).toMatchObject({
        isPaid: true,
        shipments: [{ status: 'scheduled' }],
      });
    }));
});
