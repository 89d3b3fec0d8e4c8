import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, eachLike, integer, string, uuid } from '#test/kit/pact/matchers.ts';
import { httpCarts } from '../../adapters/clients/upstreams.http.ts';

const USER = '0190a000-0000-7000-8000-000000000001';
const PRODUCT = '0190a000-0000-7000-8000-000000000002';
const ITEM = '0190a000-0000-7000-8000-000000000004';
const VARIANT = '0190a000-0000-7000-8000-000000000003';

describeContract('order', 'cart', (contract) => {
  const request = { method: 'GET', path: `/internal/v1/carts/${USER}`, scope: 'carts:read' } as const;

  it('for the items of a cart', () =>
    contract.asks(
      {
        given: 'a user has something in the cart',
        params: { user_id: USER },
        asking: 'for a cart',
        request,
        response: {
          status: 200,
          body: {
            cart_id: uuid(USER),
            version: integer(3),
            currency: currency(),
            items: eachLike({
              item_id: uuid(ITEM),
              sku: string('KET-RED'),
              product_id: uuid(PRODUCT),
              variant_id: uuid(VARIANT),
              quantity: integer(2),
            }),
          },
        },
      },
      async (client) => {
        expect(await httpCarts(client).ofUser(USER)).toEqual({
          cartId: USER,
          version: 3,
          currency: 'EUR',
          items: [{ itemId: ITEM, sku: 'KET-RED', productId: PRODUCT, variantId: VARIANT, quantity: 2 }],
        });
      },
    ));

  it('for an empty cart if the user has none', () =>
    contract.asks(
      {
        given: 'a user has no cart',
        asking: 'for a cart that does not exist',
        request,
        response: { status: 200, body: { cart_id: uuid(USER), version: integer(0), items: [] } },
      },
      async (client) => {
        expect(await httpCarts(client).ofUser(USER)).toMatchObject({ cartId: USER, version: 0, items: [] });
      },
    ));
});
