import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#adapters/service/module.ts';
import { lettersOf, openTestService, type Answered, type TestService } from '#test/kit/http.ts';
import { storesWith } from '#test/kit/toolbox.ts';
import type { Offer } from '../core/domain/change.ts';
import { cart as module } from '../main/module.ts';
import { openCarts } from './carts.rig.ts';
import { anId, anOffer, makeNeighbours } from './cart.mother.ts';

const KEY = { 'idempotency-key': 'add-this-once' };

describe.each(storesWith('redis'))('adding an item again with its Idempotency-Key in %s', (store) => {
  const neighbours = makeNeighbours();
  let service: TestService<Store>;
  let user: string;
  let path: string;
  let token: string;

  beforeEach(async () => {
    neighbours.down.clear();
    service = await openTestService(store, module, { clients: neighbours.clients });
    user = anId();
    path = `/api/v1/cart/${user}`;
    token = await service.toolbox.tokenOf(user);
  });

  const add = (offer: Offer, headers: Record<string, string> = KEY): Promise<Answered> => {
    if (headers === KEY) added = offer;
    return service.send('POST', `${path}/items`, {
      token,
      headers,
      body: { product_id: offer.productId, variant_id: offer.variantId, quantity: 1 },
    });
  };
  let added: Offer;
  /** The same request as the last that was sent under the key. */
  const repeat = (): Promise<Answered> => add(added);
  const get = (): Promise<Answered> => service.send('GET', path, { token });

  it('adds once, and returns the same while nothing else has changed', async () => {
    const first = await add(neighbours.sell(anOffer({ image: undefined })));
    expect(first).toMatchObject({ status: 201, body: { version: 1, items: [{ quantity: 1 }] } });
    expect(lettersOf(await repeat())).toEqual(lettersOf(first));
  });

  it('returns the current cart, with items added since', async () => {
    await add(neighbours.sell(anOffer(), 9));
    await add(neighbours.sell(anOffer(), 9), {});
    const again = await repeat();
    expect(again).toMatchObject({ status: 201, body: { version: 2, items: [{}, {}] } });
    expect(again.headers.get('etag')).toBe('"2"');
    expect((await get()).body).toMatchObject(again.body);
  });

  it('restores nothing in a cart that was emptied since', async () => {
    await add(neighbours.sell(anOffer(), 9));
    await service.send('DELETE', path, { token });
    expect(await repeat()).toMatchObject({ status: 201, body: { version: 2, items: [] } });
  });

  it.each([
    ['is no longer for sale', neighbours.withdraw],
    ['is unknown, since the catalog is unavailable', () => neighbours.down.add('catalog')],
    ['is sold out', (offer: Offer) => neighbours.sell(offer, 0)],
    [
      'has another currency',
      (offer: Offer) => neighbours.sell({ ...offer, price: { minor: 900, currency: 'JPY' } }),
    ],
  ])('is not refused, even if the item %s', async (_, change) => {
    const first = await add(neighbours.sell(anOffer(), 9));
    change(added);
    expect(lettersOf(await repeat())).toEqual(lettersOf(first));
  });

  it('stores no more than a number, however large the cart is', async () => {
    for (let items = 0; items < 20; items += 1) await add(neighbours.sell(anOffer()), {});
    await add(neighbours.sell(anOffer()));
    const key = {
      principal: `user:${user}`,
      operation: 'addItem',
      key: KEY['idempotency-key'],
      fingerprint: '',
    };
    const { unitOfWork } = openCarts(service.toolbox);
    expect(await unitOfWork.run(({ idempotency }) => idempotency.find(key))).toMatchObject({ outcome: 21 });
  });
});
