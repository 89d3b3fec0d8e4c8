import { describe } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY } from '#kernel/clock.ts';
import { forEachTest, serviceForEachTest } from '#test/kit/each-test.ts';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { shipping } from '../../main/module.ts';
import {
  addressChangeRequested,
  cancelRequested,
  DELAY_MS,
  openRig,
  orderConfirmed,
  orderHeld,
  paymentSuccessful,
} from '../shipping.rig.ts';

describe('the shipping service', () => {
  const service = serviceForEachTest(shipping);
  const rig = forEachTest(() => openRig('memory'));

  const dispatch = async (): Promise<void> => {
    const orderId = systemIds.next();
    await rig.hear(orderConfirmed(orderId), paymentSuccessful(orderId));
    rig.toolbox.clock.advance(DELAY_MS);
    await rig.work();
  };

  keepsItsContracts('shipping', () => ({
    service,
    states: {
      'carriers go to Germany': async () => undefined,
      'no carrier goes to Antarctica': async () => undefined,
      'nothing is known about a person': async () => undefined,
    },
    events: announcing(rig.toolbox.announced, {
      'shipment.created': dispatch,
      'shipment.cancelled': async () => {
        const orderId = systemIds.next();
        await rig.hear(orderConfirmed(orderId), cancelRequested(orderId));
      },
      'shipment.held': () => rig.hear(orderHeld(systemIds.next())),
      'shipment.readdressed': () => rig.hear(addressChangeRequested(systemIds.next())),
      'shipment.status_updated': async () => {
        await dispatch();
        rig.toolbox.clock.advance(DAY);
        await rig.poll();
      },
    }),
  }));
});
