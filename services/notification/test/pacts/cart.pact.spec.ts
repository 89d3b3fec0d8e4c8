import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, integer, uuid } from '#test/kit/pact/matchers.ts';
import { httpNeighbours } from '../../adapters/clients/neighbours.http.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { memoryNotificationQueries } from '../../adapters/memory/memory-notifications.ts';
import { notification } from '../../main/module.ts';

const USER = '0190a000-0000-7000-8000-000000000001';
const VARIANT = '0190a000-0000-7000-8000-000000000003';

describeContract('notification', 'cart', (contract) => {
  it('what is in a cart, to remind its user of it', () =>
    contract.asks(
      {
        given: 'a user has something in the cart',
        params: { user_id: USER },
        asking: 'what is in a cart',
        request: { method: 'GET', path: `/internal/v1/carts/${USER}`, scope: 'carts:read' },
        response: {
          status: 200,
          body: { items: eachLike({ variant_id: uuid(VARIANT), quantity: integer(2) }) },
        },
      },
      async (client) => {
        expect(await httpNeighbours({ cart: client, catalog: client, inventory: client }).cart(USER)).toEqual(
          [{ variantId: VARIANT, quantity: 2 }],
        );
      },
    ));

  it('that something was added to a cart, to watch it', () =>
    contract.hears('cart.item_added', { user_id: uuid(USER) }, async (event) => {
      const { database, hear } = await openSubscriber(notification);
      await hear(event);
      expect(await memoryNotificationQueries(database).cart(USER)).toMatchObject({
        added: event.aggregate_version,
      });
    }));
});
