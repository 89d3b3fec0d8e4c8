import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, eachLike, integer, string, uuid } from '#test/kit/pact/matchers.ts';
import { httpCarts } from '../../adapters/clients/upstreams.http.ts';

const USER = '0190a000-0000-7000-8000-000000000001';
/** Of a cart service whose secret is that of its provider spec. */
const GUEST_CART = '0190a000-0000-7000-8000-000000000005';
const GUEST_TOKEN = '0190a000-0000-7000-8000-000000000005.4mP9hHGadFfpOyBgw93FSeLs1SoKERUlDmiTzxuXuzU';
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

  const guest = (cart_token: string) =>
    ({
      method: 'POST',
      path: '/internal/v1/guest-carts',
      scope: 'carts:read',
      body: { cart_id: GUEST_CART, cart_token },
    }) as const;

  it('for the items of a guest’s cart, with its token', () =>
    contract.asks(
      {
        given: 'a guest has something in the cart',
        params: { cart_id: GUEST_CART, cart_token: GUEST_TOKEN },
        asking: 'for the cart of a guest',
        request: guest(GUEST_TOKEN),
        response: {
          status: 200,
          body: {
            cart_id: uuid(GUEST_CART),
            version: integer(1),
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
        expect(await httpCarts(client).ofGuest(GUEST_CART, GUEST_TOKEN)).toMatchObject({
          cartId: GUEST_CART,
          version: 1,
          items: [{ itemId: ITEM, quantity: 2 }],
        });
      },
    ));

  it('for no cart if the token is not that of the cart', () =>
    contract.asks(
      {
        given: 'a guest has something in the cart',
        params: { cart_id: GUEST_CART, cart_token: GUEST_TOKEN },
        asking: 'for the cart of a guest with another token',
        request: guest(`${USER}.forged`),
        response: { status: 403 },
      },
      async (client) => {
        expect(await httpCarts(client).ofGuest(GUEST_CART, `${USER}.forged`)).toBeUndefined();
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
