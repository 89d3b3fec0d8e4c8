import { describe } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { cart } from '../../main/module.ts';
import { anOffer, makeNeighbours } from '../cart.mother.ts';

/** Signs the tokens that the contracts contain. */
const SECRET = 'the secret of the contracts, of 32 characters';

describe('the cart', () => {
  const neighbours = makeNeighbours();
  const service = serviceForEachTest(cart, {
    clients: neighbours.clients,
    env: { CART_TOKEN_SECRET: SECRET },
  });

  const fill = async (userId: string): Promise<undefined> => {
    const { productId, variantId } = neighbours.sell(anOffer(), 9);
    const { status } = await service.send('POST', `/api/v1/cart/${userId}/items`, {
      token: await service.toolbox.tokenOf(userId),
      body: { product_id: productId, variant_id: variantId, quantity: 2 },
    });
    if (status >= 300) throw new Error(`not added: ${status}`);
    return undefined;
  };

  const fillGuests = async (cartId: string, token: string): Promise<undefined> => {
    const { productId, variantId } = neighbours.sell(anOffer(), 9);
    const { status } = await service.send('POST', `/api/v1/cart/${cartId}/items`, {
      headers: { 'x-cart-token': token },
      body: { product_id: productId, variant_id: variantId, quantity: 2 },
    });
    if (status >= 300) throw new Error(`not added: ${status}`);
    return undefined;
  };

  keepsItsContracts('cart', () => ({
    service,
    states: {
      'a user has something in the cart': ({ user_id = '' }) => fill(user_id),
      'a guest has something in the cart': ({ cart_id = '', cart_token = '' }) =>
        fillGuests(cart_id, cart_token),
      'a user has no cart': async () => undefined,
      'nothing is known about a person': async () => undefined,
    },
    events: announcing(service.toolbox.announced, {
      'cart.item_added': () => fill(systemIds.next()),
    }),
  }));
});
