import { describe } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { cart } from '../../main/module.ts';
import { anOffer, makeNeighbours } from '../cart.mother.ts';

describe('the cart', () => {
  const neighbours = makeNeighbours();
  const service = serviceForEachTest(cart, { clients: neighbours.clients });

  const fill = async (userId: string): Promise<undefined> => {
    const { productId, variantId } = neighbours.sell(anOffer(), 9);
    const { status } = await service.send('POST', `/api/v1/cart/${userId}/items`, {
      token: await service.toolbox.tokenOf(userId),
      body: { product_id: productId, variant_id: variantId, quantity: 2 },
    });
    if (status >= 300) throw new Error(`not added: ${status}`);
    return undefined;
  };

  keepsItsContracts('cart', () => ({
    service,
    states: {
      'a user has something in the cart': ({ user_id = '' }) => fill(user_id),
      'a user has no cart': async () => undefined,
      'nothing is known about a person': async () => undefined,
    },
    events: announcing(service.toolbox.announced, {
      'cart.item_added': () => fill(systemIds.next()),
    }),
  }));
});
