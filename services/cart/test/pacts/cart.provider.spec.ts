import { describe } from 'vitest';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { keepsItsContracts } from '#test/kit/pact/provider.ts';
import { cart } from '../../main/module.ts';
import { anOffer, makeNeighbours } from '../cart.mother.ts';

describe('the cart', () => {
  const neighbours = makeNeighbours();
  const service = serviceForEachTest(cart, { clients: neighbours.clients });

  keepsItsContracts('cart', () => ({
    service,
    states: {
      'a user has something in the cart': async ({ user_id = '' }) => {
        const { productId, variantId } = neighbours.sell(anOffer(), 9);
        const { status } = await service.send('POST', `/api/v1/cart/${user_id}/items`, {
          token: await service.toolbox.tokenOf(user_id),
          body: { product_id: productId, variant_id: variantId, quantity: 2 },
        });
        if (status >= 300) throw new Error(`not added: ${status}`);
        return undefined;
      },
      'a user has no cart': async () => undefined,
      'nothing is known about a person': async () => undefined,
    },
  }));
});
