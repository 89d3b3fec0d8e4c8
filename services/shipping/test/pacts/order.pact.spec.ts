import { expect, it } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, integer, oneOf, regex, string, uuid } from '#test/kit/pact/matchers.ts';
import { openRig, orderConfirmed, orderHeld } from '../shipping.rig.ts';

const ORDER = '0190a000-0000-7000-8000-000000000001';
const USER = '0190a000-0000-7000-8000-000000000002';
const PRODUCT = '0190a000-0000-7000-8000-000000000003';
const VARIANT = '0190a000-0000-7000-8000-000000000004';

describeContract('shipping', 'order', (contract) => {
  const rig = forEachTest(() => openRig('memory'));
  const shipments = async () => (await rig.consignmentOf(ORDER))?.shipments;

  it('contents, address and shipping option, to dispatch them', () =>
    contract.hears(
      'order.confirmed',
      {
        order_id: uuid(ORDER),
        attempt: integer(1),
        customer: { user_id: uuid(USER), email: string('ada@example.com'), name: string('Ada Example') },
        items: eachLike({ product_id: uuid(PRODUCT), variant_id: uuid(VARIANT), quantity: integer(2) }),
        shipping: { option_id: string('dhl:express'), carrier: string('DHL'), service: string('Express') },
        shipping_address: {
          recipient: string('Ada Example'),
          line1: string('Street 1'),
          city: string('Berlin'),
          postal_code: string('10115'),
          country: regex('^[A-Z]{2}$', 'DE'),
        },
      },
      async (event) => {
        await rig.hear(event);
        expect(await shipments()).toMatchObject([
          {
            attempt: 1,
            status: 'waiting',
            parcel: {
              customer: { userId: USER, email: 'ada@example.com', name: 'Ada Example' },
              items: [{ productId: PRODUCT, variantId: VARIANT, quantity: 2 }],
              optionId: 'dhl:express',
              carrier: 'DHL',
              service: 'Express',
              address: {
                recipient: 'Ada Example',
                line1: 'Street 1',
                city: 'Berlin',
                postalCode: '10115',
                country: 'DE',
              },
            },
          },
        ]);
      },
    ));

  it('that a parcel is to wait, to hold it', () =>
    contract.hears(
      'order.held',
      { order_id: uuid(ORDER), attempt: integer(1), instruction: integer(1) },
      async (event) => {
        await rig.hear(event);
        expect(await shipments()).toMatchObject([{ attempt: 1, handling: 'held', instruction: 1 }]);
      },
    ));

  it('that a parcel need not wait, to dispatch it', () =>
    contract.hears(
      'order.released',
      {
        order_id: uuid(ORDER),
        attempt: integer(1),
        instruction: integer(2),
        dispatch: oneOf('scheduled', 'now'),
      },
      async (event) => {
        await rig.hear(orderHeld(ORDER));
        await rig.hear(event);
        expect(await shipments()).toMatchObject([{ attempt: 1, handling: 'scheduled', instruction: 2 }]);
      },
    ));

  it('that a parcel is to go elsewhere, to change its label', () =>
    contract.hears(
      'order.address_change_requested',
      {
        order_id: uuid(ORDER),
        attempt: integer(1),
        correction: integer(1),
        shipping_address: {
          recipient: string('Ada Example'),
          line1: string('Street 2'),
          city: string('Berlin'),
          postal_code: string('10115'),
          country: regex('^[A-Z]{2}$', 'DE'),
        },
      },
      async (event) => {
        await rig.hear(orderConfirmed(ORDER));
        await rig.hear(event);
        expect(await shipments()).toMatchObject([
          { correction: 1, parcel: { address: { line1: 'Street 2', postalCode: '10115' } } },
        ]);
      },
    ));

  it('that a parcel is cancelled, to stop it', () =>
    contract.hears(
      'order.cancel_requested',
      { order_id: uuid(ORDER), attempt: integer(1) },
      async (event) => {
        await rig.hear(orderConfirmed(ORDER));
        await rig.hear(event);
        expect(await shipments()).toMatchObject([{ attempt: 1, status: 'cancelled' }]);
      },
    ));

  it('that an order is cancelled, to dispatch nothing of it', () =>
    contract.hears('order.cancelled', { order_id: uuid(ORDER) }, async (event) => {
      await rig.hear(orderConfirmed(ORDER));
      await rig.hear(event);
      expect(await rig.consignmentOf(ORDER)).toMatchObject({
        isCancelled: true,
        shipments: [{ status: 'cancelled' }],
      });
    }));
});
