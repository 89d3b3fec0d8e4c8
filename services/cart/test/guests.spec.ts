import { beforeEach, describe, expect, it } from 'vitest';
import { forAllTests } from '#test/kit/each-test.ts';
import { openTestService, type Answered } from '#test/kit/http.ts';
import { makeCartTokens } from '../adapters/security/cart-tokens.ts';
import type { Offer } from '../core/domain/change.ts';
import { cart as module } from '../main/module.ts';
import { anId, anOffer, makeNeighbours } from './cart.mother.ts';

const SECRET = 'a secret that only the shop knows';

describe('a guest’s cart', () => {
  const neighbours = makeNeighbours();
  const service = forAllTests(() =>
    openTestService('memory', module, {
      clients: neighbours.clients,
      env: { CART_TOKEN_SECRET: SECRET },
    }),
  );
  let guest: { cart_id: string; cart_token: string };

  beforeEach(async () => {
    guest = (await service.send('POST', '/api/v1/carts')).body;
  });

  const get = (cartId: string, token?: string): Promise<Answered> =>
    service.send('GET', `/api/v1/cart/${cartId}`, {
      headers: token === undefined ? {} : { 'x-cart-token': token },
    });
  const add = (offer: Offer, quantity = 1, headers: Record<string, string> = {}): Promise<Answered> =>
    service.send('POST', `/api/v1/cart/${guest.cart_id}/items`, {
      headers: { 'x-cart-token': guest.cart_token, ...headers },
      body: { product_id: offer.productId, variant_id: offer.variantId, quantity },
    });
  const signIn = async () => {
    const user = anId();
    const token = await service.toolbox.tokenOf(user);
    return {
      user,
      add: (offer: Offer, quantity = 1) =>
        service.send('POST', `/api/v1/cart/${user}/items`, {
          token,
          body: { product_id: offer.productId, variant_id: offer.variantId, quantity },
        }),
      merge: (cartToken = guest.cart_token) =>
        service.send('POST', `/api/v1/cart/${user}/merge`, { token, body: { cart_token: cartToken } }),
    };
  };

  it('is accessible to the holder of its token', async () => {
    const offer = neighbours.sell(anOffer(), 9);
    expect(await add(offer, 2)).toMatchObject({ status: 201, body: { cart_id: guest.cart_id, version: 1 } });
    const read = await get(guest.cart_id, guest.cart_token);
    expect(read).toMatchObject({ status: 200, body: { items: [{ quantity: 2 }] } });
    expect(read.body).not.toHaveProperty('user_id');
  });

  it('is also accessible to a user with its token', async () => {
    const answer = await service.send('GET', `/api/v1/cart/${guest.cart_id}`, {
      token: await service.toolbox.tokenOf(anId()),
      headers: { 'x-cart-token': guest.cart_token },
    });
    expect(answer.status).toBe(200);
  });

  it('is not accessible without its token, with that of another cart, or with a forged one', async () => {
    const other = (await service.send('POST', '/api/v1/carts')).body as typeof guest;
    const [id = '', signature = ''] = guest.cart_token.split('.');
    expect((await get(guest.cart_id)).status).toBe(401);
    for (const token of [
      other.cart_token,
      makeCartTokens('a secret that an attacker has guessed').issue(guest.cart_id),
      `${id}.${signature.slice(0, -2)}`,
      `${id}.${signature}.${signature}`,
      `${other.cart_id}.${signature}`,
      id,
      `${id}.`,
      `x.${signature}`,
    ])
      expect(await get(guest.cart_id, token)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  it('gives no access to the cart of a user', async () => {
    const { user } = await signIn();
    expect((await get(user, guest.cart_token)).status).toBe(403);
  });

  it('has its own Idempotency-Keys', async () => {
    const offer = neighbours.sell(anOffer(), 9);
    const key = { 'idempotency-key': 'the same for all guests' };
    await add(offer, 1, key);
    guest = (await service.send('POST', '/api/v1/carts')).body;
    expect(await add(offer, 1, key)).toMatchObject({ status: 201, body: { items: [{ quantity: 1 }] } });
    expect(await add(offer, 1, key)).toMatchObject({ status: 201, body: { items: [{ quantity: 1 }] } });
  });

  it('is merged into the cart of an account and closed, once', async () => {
    const [shared, own, guests] = [anOffer(), anOffer(), anOffer()].map((offer) =>
      neighbours.sell(offer, 99),
    );
    if (!shared || !own || !guests) throw new Error('three offers');
    const account = await signIn();
    await account.add(shared, 2);
    await account.add(own);
    await add(shared, 3);
    await add(guests);
    const merged = await account.merge();
    expect(merged).toMatchObject({
      status: 200,
      body: {
        version: 3,
        items: [
          { variant_id: shared.variantId, quantity: 5 },
          { variant_id: own.variantId, quantity: 1 },
          { variant_id: guests.variantId, quantity: 1 },
        ],
      },
    });
    expect((await account.merge()).body).toEqual(merged.body);
    expect(await add(guests)).toMatchObject({ status: 409, body: { code: 'CART_CLOSED' } });
    const item = `/api/v1/cart/${guest.cart_id}/items/${anId()}`;
    const headers = { 'x-cart-token': guest.cart_token };
    for (const answer of [
      await service.send('PUT', item, { headers, body: { quantity: 1 } }),
      await service.send('DELETE', item, { headers }),
    ])
      expect(answer).toMatchObject({ status: 409, body: { code: 'CART_CLOSED' } });
    expect((await get(guest.cart_id, guest.cart_token)).body).toMatchObject({ items: [] });
  });

  it('can be merged even if it never had an item', async () => {
    const account = await signIn();
    expect(await account.merge()).toMatchObject({ status: 200, body: { version: 0, items: [] } });
    expect(await add(neighbours.sell(anOffer(), 1))).toMatchObject({ body: { code: 'CART_CLOSED' } });
  });

  it('is not merged with a forged token, or into a cart in another currency', async () => {
    const account = await signIn();
    expect(await account.merge('forged')).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    await account.add(neighbours.sell(anOffer({ price: { minor: 900, currency: 'JPY' } }), 9));
    await add(neighbours.sell(anOffer(), 9));
    expect(await account.merge()).toMatchObject({ status: 409, body: { code: 'CURRENCY_MISMATCH' } });
  });

  it('has a token that is signed with the service’s own key if no secret is set', async () => {
    const [one, another] = await Promise.all(
      [0, 1].map(() => openTestService('memory', module, { clients: neighbours.clients })),
    );
    const made = (await one?.send('POST', '/api/v1/carts'))?.body as typeof guest;
    const headers = { 'x-cart-token': made.cart_token };
    expect((await one?.send('GET', `/api/v1/cart/${made.cart_id}`, { headers }))?.status).toBe(200);
    expect((await another?.send('GET', `/api/v1/cart/${made.cart_id}`, { headers }))?.status).toBe(403);
  });
});
