import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '#kernel/clock.ts';
import { forAllTests } from '#test/kit/each-test.ts';
import { openTestService, type Answered, type SendOptions } from '#test/kit/http.ts';
import type { Offer } from '../core/domain/change.ts';
import { cart as module } from '../main/module.ts';
import { anId, anOffer, makeNeighbours } from './cart.mother.ts';

describe('a user’s cart', () => {
  const neighbours = makeNeighbours();
  const service = forAllTests(() => openTestService('memory', module, { clients: neighbours.clients }));
  let user: string;
  let token: string;

  beforeEach(async () => {
    neighbours.down.clear();
    user = anId();
    token = await service.toolbox.tokenOf(user);
  });

  const send = (method: string, path = '', options: SendOptions = {}): Promise<Answered> =>
    service.send(method, `/api/v1/cart/${user}${path}`, { token, ...options });
  const add = (offer: Offer, quantity = 1, headers: Record<string, string> = {}): Promise<Answered> =>
    send('POST', '/items', {
      body: { product_id: offer.productId, variant_id: offer.variantId, quantity },
      headers,
    });
  const itemPath = ({ body }: Answered): string => `/items/${String(body.items[0].item_id)}`;

  it('is empty before anything is put in', async () => {
    const answer = await send('GET');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"0"');
    expect(answer.body).toEqual({
      cart_id: user,
      version: 0,
      user_id: user,
      items: [],
      subtotal: 0,
      updated_at: '2026-03-01T12:00:00.000Z',
      expires_at: '2026-03-31T12:00:00.000Z',
    });
  });

  it('takes name and price from the catalog, and is stored', async () => {
    const offer = neighbours.sell(anOffer({ price: { minor: 1_050, currency: 'EUR' } }), 10);
    const added = await add(offer, 3);
    expect(added.status).toBe(201);
    expect(added.headers.get('etag')).toBe('"1"');
    expect(added.body).toMatchObject({
      version: 1,
      currency: 'EUR',
      items: [
        {
          product_id: offer.productId,
          variant_id: offer.variantId,
          sku: offer.sku,
          name: offer.name,
          image: offer.image,
          quantity: 3,
          price: 10.5,
          line_total: 31.5,
          stock_checked: true,
        },
      ],
      subtotal: 31.5,
    });
    const { items } = added.body;
    expect((await send('GET')).body).toEqual({ ...added.body, items: [{ ...items[0], is_available: true }] });
  });

  it('marks items that are no longer for sale, if the catalog is available', async () => {
    const [gone, kept] = [neighbours.sell(anOffer(), 10), neighbours.sell(anOffer(), 10)];
    await add(gone);
    const added = await add(kept);
    neighbours.withdraw(gone);
    const marked = [
      { sku: gone.sku, is_available: false },
      { sku: kept.sku, is_available: true },
    ];
    expect((await send('GET')).body.items).toMatchObject(marked);
    const changed = await send('PUT', itemPath(added), { body: { quantity: 2 } });
    expect(changed.body.items).toMatchObject(marked);
    neighbours.down.add('catalog');
    const { status, body } = await send('GET');
    expect(status).toBe(200);
    for (const item of body.items as object[]) expect(item).not.toHaveProperty('is_available');
    neighbours.down.clear();
    const { body: left } = await send('DELETE', itemPath(added));
    expect(left.items).toMatchObject([marked[1]]);
  });

  it('publishes an added item', async () => {
    const offer = neighbours.sell(anOffer(), 10);
    await add(offer, 2);
    const announced = await service.toolbox.announced();
    expect(announced.at(-1)).toMatchObject({
      event_type: 'cart.item_added',
      aggregate_version: 1,
      payload: {
        cart_id: user,
        user_id: user,
        product_id: offer.productId,
        variant_id: offer.variantId,
        quantity: 2,
        price: 19.99,
        currency: 'EUR',
      },
    });
  });

  it('adds up repeated additions, but only once per Idempotency-Key', async () => {
    const offer = neighbours.sell(anOffer(), 10);
    await add(offer, 2, { 'idempotency-key': 'add-this-once' });
    const again = await add(offer, 2, { 'idempotency-key': 'add-this-once' });
    expect(again).toMatchObject({ status: 201, body: { version: 1, items: [{ quantity: 2 }] } });
    expect(await add(offer, 3)).toMatchObject({
      status: 201,
      body: { version: 2, items: [{ quantity: 5 }] },
    });
    expect(await add(offer, 1, { 'idempotency-key': 'add-this-once' })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('responds to a retry even if the item is no longer for sale', async () => {
    const offer = neighbours.sell(anOffer(), 10);
    const key = { 'idempotency-key': 'add-this-once' };
    const first = await add(offer, 2, key);
    neighbours.withdraw(offer);
    expect(await add(offer, 2, key)).toMatchObject({ status: 201, body: first.body });
    expect(await add(offer, 1, key)).toMatchObject({ status: 422 });
    const other = { 'idempotency-key': 'another-key-now' };
    expect(await add(offer, 2, other)).toMatchObject({ status: 404, body: { code: 'VARIANT_NOT_FOUND' } });
  });

  it.each([0, 100, 1.5, '2'])('refuses a quantity of %p', async (quantity) => {
    const offer = neighbours.sell(anOffer(), 500);
    const added = await add(offer);
    const posted = await send('POST', '/items', {
      body: { product_id: offer.productId, variant_id: offer.variantId, quantity },
    });
    const put = await send('PUT', itemPath(added), { body: { quantity } });
    expect([posted, put]).toMatchObject([
      { status: 400, body: { code: 'VALIDATION_FAILED' } },
      { status: 400, body: { code: 'VALIDATION_FAILED' } },
    ]);
  });

  it('accepts 99 units of an item', async () => {
    const offer = neighbours.sell(anOffer(), 500);
    expect((await add(offer, 99)).status).toBe(201);
    expect(await add(offer, 1)).toMatchObject({ status: 409, body: { code: 'QUANTITY_LIMIT' } });
  });

  it('accepts one currency', async () => {
    await add(neighbours.sell(anOffer(), 5));
    const inYen = neighbours.sell(anOffer({ price: { minor: 900, currency: 'JPY' } }), 5);
    expect(await add(inYen)).toMatchObject({ status: 409, body: { code: 'CURRENCY_MISMATCH' } });
  });

  it('takes the price in the preferred currency, and then keeps to it', async () => {
    const otherPrices = [{ minor: 2_150, currency: 'USD' }];
    const { productId, variantId } = neighbours.sell(anOffer({ otherPrices }), 5);
    const addIn = (currency: string) =>
      send('POST', '/items', {
        body: { product_id: productId, variant_id: variantId, quantity: 1, currency },
      });
    expect((await addIn('CHF')).body.code).toBe('CURRENCY_MISMATCH');
    expect(await addIn('USD')).toMatchObject({
      status: 201,
      body: { currency: 'USD', items: [{ price: 21.5 }] },
    });
    expect((await add(neighbours.sell(anOffer({ otherPrices }), 5))).body).toMatchObject({
      currency: 'USD',
      subtotal: 43,
    });
  });

  it('refuses variants that the catalog does not sell, or sells as another product', async () => {
    const offer = neighbours.sell(anOffer(), 5);
    expect(await add(anOffer())).toMatchObject({ status: 404, body: { code: 'VARIANT_NOT_FOUND' } });
    expect(await add({ ...offer, productId: anId() })).toMatchObject({
      status: 404,
      body: { code: 'VARIANT_NOT_FOUND' },
    });
  });

  it('refuses more units than are available, and returns how many are', async () => {
    const offer = neighbours.sell(anOffer(), 3);
    expect(await add(offer, 4)).toMatchObject({
      status: 409,
      body: { code: 'OUT_OF_STOCK', detail: 'Only 3 left in stock.' },
    });
    const added = await add(offer, 2);
    expect(await send('PUT', itemPath(added), { body: { quantity: 4 } })).toMatchObject({
      status: 409,
      body: { code: 'OUT_OF_STOCK' },
    });
  });

  it('accepts items without a check while the inventory is unavailable', async () => {
    const offer = neighbours.sell(anOffer(), 1);
    neighbours.down.add('inventory');
    expect(await add(offer, 5)).toMatchObject({ status: 201, body: { items: [{ stock_checked: false }] } });
    neighbours.down.clear();
    const unheardOf = neighbours.sell(anOffer());
    expect(await add(unheardOf, 5)).toMatchObject({
      status: 201,
      body: { items: [{}, { stock_checked: false }] },
    });
  });

  it('accepts no items while the catalog is unavailable', async () => {
    const offer = neighbours.sell(anOffer(), 5);
    neighbours.down.add('catalog');
    expect(await add(offer)).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
  });

  it('lets quantities be changed and items be removed', async () => {
    const added = await add(neighbours.sell(anOffer(), 10));
    await add(neighbours.sell(anOffer(), 10));
    const changed = await send('PUT', itemPath(added), { body: { quantity: 7 } });
    expect(changed).toMatchObject({ status: 200, body: { version: 3, items: [{ quantity: 7 }, {}] } });
    const removed = await send('DELETE', itemPath(added));
    expect(removed).toMatchObject({ status: 200, body: { version: 4, items: [{ quantity: 1 }] } });
    const emptied = await send('DELETE');
    expect(emptied).toMatchObject({ status: 200, body: { version: 5, items: [], subtotal: 0 } });
    expect((await send('DELETE')).body).toMatchObject({ version: 5 });
  });

  it('returns 404 for items that it does not have', async () => {
    for (const answer of [
      await send('PUT', `/items/${anId()}`, { body: { quantity: 1 } }),
      await send('DELETE', `/items/${anId()}`),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'ITEM_NOT_FOUND' } });
  });

  it('refuses a change that is based on an older version', async () => {
    const added = await add(neighbours.sell(anOffer(), 10));
    await send('PUT', itemPath(added), { body: { quantity: 2 }, headers: { 'if-match': '"1"' } });
    const stale = { headers: { 'if-match': '"1"' } };
    for (const answer of [
      await send('PUT', itemPath(added), { body: { quantity: 3 }, ...stale }),
      await send('PUT', `/items/${anId()}`, { body: { quantity: 3 }, ...stale }),
      await send('DELETE', itemPath(added), stale),
      await send('DELETE', '', stale),
    ])
      expect(answer).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
    expect((await send('DELETE', '', { headers: { 'if-match': '"2"' } })).status).toBe(200);
  });

  it('is accessible to no other user, not even staff', async () => {
    const added = await add(neighbours.sell(anOffer(), 10));
    const other = { token: await service.toolbox.tokenOf(anId(), 'admin') };
    const offer = neighbours.sell(anOffer(), 10);
    const body = { product_id: offer.productId, variant_id: offer.variantId, quantity: 1 };
    for (const answer of [
      await send('GET', '', other),
      await send('POST', '/items', { ...other, body }),
      await send('PUT', itemPath(added), { ...other, body: { quantity: 2 } }),
      await send('DELETE', itemPath(added), other),
      await send('DELETE', '', other),
      await send('POST', '/merge', { ...other, body: { cart_token: 'x' } }),
    ])
      expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    const stranger = await service.send('GET', `/api/v1/cart/${user}`);
    expect(stranger).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  });

  it('is all that is known about a user, and is emptied by an erasure', async () => {
    await add(neighbours.sell(anOffer(), 10), 2);
    const ask = async (what: 'export' | 'erase', scope: string) =>
      service.send('POST', `/internal/v1/personal-data/${what}`, {
        token: await service.toolbox.serviceToken('user', scope),
        body: { user_id: user },
      });
    expect((await ask('export', 'personal-data:read')).body).toMatchObject({
      items: [{ kind: 'cart', data: { items: [{ quantity: 2 }] } }],
    });
    expect((await ask('erase', 'personal-data:read')).status).toBe(403);
    const erased = { done: true, erased: [{ kind: 'carts', count: 1 }], kept: [] };
    expect((await ask('erase', 'personal-data:erase')).body).toEqual(erased);
    expect((await ask('erase', 'personal-data:erase')).body).toEqual({ ...erased, erased: [] });
    expect((await ask('export', 'personal-data:read')).body).toEqual({ items: [] });
  });

  it('is returned to the order service, with the data that an order needs', async () => {
    const offer = neighbours.sell(anOffer(), 10);
    const added = await add(offer, 2);
    const ask = async (cartId: string, scope: string) =>
      service.send('GET', `/internal/v1/carts/${cartId}`, {
        token: await service.toolbox.serviceToken('order', scope),
      });
    expect((await ask(user, 'carts:read')).body).toEqual({
      cart_id: user,
      user_id: user,
      version: 1,
      currency: 'EUR',
      items: [
        {
          item_id: added.body.items[0].item_id,
          product_id: offer.productId,
          variant_id: offer.variantId,
          sku: offer.sku,
          name: offer.name,
          quantity: 2,
          price: 19.99,
        },
      ],
    });
    expect((await ask(anId(), 'carts:read')).body).toMatchObject({ version: 0, items: [] });
    expect((await ask(user, 'stock:read')).status).toBe(403);
  });

  it('expires 30 days after its last change, and continues to count versions', async () => {
    const offer = neighbours.sell(anOffer(), 10);
    await add(offer);
    service.toolbox.clock.advance(30 * DAY);
    expect((await send('GET')).body).toMatchObject({ version: 1, items: [] });
    expect((await add(offer)).body).toMatchObject({ version: 2, items: [{ quantity: 1 }] });
  });
});
