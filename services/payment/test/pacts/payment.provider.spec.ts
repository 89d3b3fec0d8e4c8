import { describe } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { forEachTest, serviceForEachTest } from '#test/kit/each-test.ts';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { payment } from '../../main/module.ts';
import { openRig, orderPlaced, reusableToken } from '../payment.rig.ts';

const DECLINED = '4000000000000002';
const REFUSES_REFUNDS = '4000000000005126';

describe('the payment service', () => {
  const rig = forEachTest(() => openRig('memory'));
  const service = serviceForEachTest(payment);

  const authorize = async (card?: string): Promise<string> => {
    const orderId = systemIds.next();
    await rig.hear(orderPlaced({ orderId, token: await rig.token(card) }));
    await rig.work();
    return orderId;
  };
  const capture = async (card?: string): Promise<string> => {
    const orderId = await authorize(card);
    await rig.command.capture(orderId);
    await rig.work();
    return orderId;
  };
  const refund = async (card?: string): Promise<void> => {
    const orderId = await capture(card);
    const amount = { minor: 998, currency: 'EUR' };
    await rig.command.refund({ orderId, key: 'r1', amount, reason: 'scratch' });
    await rig.work();
  };

  keepsItsContracts('payment', () => ({
    service,
    states: {
      'nothing is known about a person': async () => undefined,
      'a card is saved at the gateway': async () => ({ reusable_token: await reusableToken(service) }),
      'the gateway knows no such token': async () => undefined,
    },
    events: announcing(rig.toolbox.announced, {
      'payment.authorized': () => authorize(),
      'payment.failed': () => authorize(DECLINED),
      'payment.successful': () => capture(),
      'payment.refunded': () => refund(),
      'payment.refund_failed': () => refund(REFUSES_REFUNDS),
    }),
  }));
});
