import { expect, it } from 'vitest';
import { after, HOUR } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, number, string, uuid } from '#test/kit/pact/matchers.ts';
import { CALLS } from '../../core/domain/tasks.ts';
import { openRig, orderPlaced } from '../payment.rig.ts';

const ORDER = '0190a000-0000-7000-8000-000000000001';
const USER = '0190a000-0000-7000-8000-000000000002';

describeContract('payment', 'order', (contract) => {
  const rig = forEachTest(() => openRig('memory'));

  it('payer, amount and token, to authorise the payment', () =>
    contract.hears(
      'order.placed',
      {
        order_id: uuid(ORDER),
        customer: { user_id: uuid(USER), email: string('ada@example.com'), name: string('Ada Example') },
        total_amount: number(49.98),
        currency: currency(),
        payment_token: string('tok_1'),
      },
      async (event) => {
        await rig.hear(event);
        expect(await rig.paymentOf(ORDER)).toMatchObject({
          status: 'pending',
          amount: { minor: 4_998, currency: 'EUR' },
          customer: { userId: USER, email: 'ada@example.com', name: 'Ada Example' },
        });
        const now = rig.toolbox.clock.now();
        const [task] = await rig.toolbox.stores.tasks.claim(CALLS.authorize, now, after(now, HOUR), 1);
        expect(task?.payload).toMatchObject({ token: 'tok_1' });
      },
    ));

  it('that an order is cancelled, to release the money', () =>
    contract.hears('order.cancelled', { order_id: uuid(ORDER) }, async (event) => {
      await rig.hear(orderPlaced({ orderId: ORDER, token: await rig.token() }));
      await rig.work();
      await rig.hear(event);
      await rig.work();
      expect(await rig.paymentOf(ORDER)).toMatchObject({ status: 'voided' });
    }));
});
