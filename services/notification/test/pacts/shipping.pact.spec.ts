import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { day, integer, oneOf, string, uuid } from '#test/kit/pact/matchers.ts';
import { about, mailTaskAfter, ORDER, taskAfter, toAda } from './mails.rig.ts';
import { passesOn } from './webhooks.rig.ts';

describeContract('notification', 'shipping', (contract) => {
  passesOn(contract, 'shipment.cancelled');

  it('what has left, how to follow it, and whether it is a replacement', () =>
    contract.hears(
      'shipment.created',
      {
        ...about,
        attempt: integer(1),
        carrier: string('DHL'),
        service: string('Express'),
        tracking_number: string('JD014'),
        estimated_delivery: day('2026-03-04'),
      },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          orderId: ORDER,
          to: toAda,
          data: {
            isReplacement: false,
            carrier: 'DHL',
            service: 'Express',
            trackingNumber: 'JD014',
            expected: '4 March 2026',
          },
        });
      },
    ));

  it('which parcel was lost', () =>
    contract.hears(
      'shipment.status_updated',
      {
        order_id: uuid(ORDER),
        status: oneOf('lost', 'in_transit', 'out_for_delivery', 'delivered', 'returned'),
      },
      async (event) => {
        expect(await taskAfter(event, 'conclude')).toMatchObject({
          matter: { about: 'parcel', kind: 'shipment.lost', orderId: ORDER },
        });
      },
    ));
});
