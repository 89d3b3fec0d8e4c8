import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, number, string } from '#test/kit/pact/matchers.ts';
import { about, mailTaskAfter, ORDER, toAda } from './mails.rig.ts';
import { passesOn } from './webhooks.rig.ts';

describeContract('notification', 'payment', (contract) => {
  passesOn(contract, 'payment.authorized', 'payment.successful', 'payment.refunded', 'payment.refund_failed');

  it('what was not paid and why', () =>
    contract.hears(
      'payment.failed',
      {
        ...about,
        reason: string('insufficient_funds'),
        amount: number(29.75),
        currency: currency(),
      },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          orderId: ORDER,
          to: toAda,
          data: { amount: '29.75 EUR', reason: expect.stringContaining('enough funds') },
        });
      },
    ));
});
