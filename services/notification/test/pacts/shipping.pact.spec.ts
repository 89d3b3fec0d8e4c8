import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { day, integer, string } from '#test/kit/pact/matchers.ts';
import { about, mailTaskAfter, ORDER, toAda } from './mails.rig.ts';
import { passesOn } from './webhooks.rig.ts';

describeContract('notification', 'shipping', (contract) => {
  passesOn(contract, 'shipment.status_updated', 'shipment.cancelled');

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
});
