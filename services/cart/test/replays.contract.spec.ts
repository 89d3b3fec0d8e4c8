import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '#adapters/service/module.ts';
import { SECOND } from '#kernel/clock.ts';
import { lettersOf, openTestService, type Answered, type TestService } from '#test/kit/http.ts';
import { closeDatabase, storesWith } from '#test/kit/toolbox.ts';
import type { Offer } from '../core/domain/change.ts';
import { cart as module } from '../main/module.ts';
import { anId, anOffer, makeNeighbours } from './cart.mother.ts';

afterAll(closeDatabase);

const KEY = { 'idempotency-key': 'add-this-once' };

describe.each(storesWith('redis'))('repeated under its Idempotency-Key in %s', (store) => {
  const neighbours = makeNeighbours();
  let service: TestService<Store>;
  let path: string;
  let token: string;

  beforeEach(async () => {
    neighbours.down.clear();
    service = await openTestService(store, module, { clients: neighbours.clients });
    const user = anId();
    path = `/api/v1/cart/${user}`;
    token = await service.toolbox.tokenOf(user);
  });
  afterEach(() => service.close());

  const add = (offer: Offer, headers: Record<string, string> = KEY): Promise<Answered> =>
    service.send('POST', `${path}/items`, {
      token,
      headers,
      body: { product_id: offer.productId, variant_id: offer.variantId, quantity: 1 },
    });
  const get = (): Promise<Answered> => service.send('GET', path, { token });

  it('adding answers the cart as it was then, though more was added since', async () => {
    await add(neighbours.sell(anOffer({ image: undefined })), {});
    const offer = neighbours.sell(anOffer(), 9);
    const first = await add(offer);
    expect(first).toMatchObject({ status: 201, body: { version: 2 } });
    service.toolbox.clock.advance(SECOND);
    await add(offer, {});
    await add(neighbours.sell(anOffer(), 9), {});
    expect(lettersOf(await add(offer))).toEqual(lettersOf(first));
    expect((await get()).body).toMatchObject({ version: 4, items: [{}, { quantity: 2 }, {}] });
  });

  it('adding answers the cart as it was then, though it was emptied since', async () => {
    const offer = neighbours.sell(anOffer(), 9);
    const first = await add(offer);
    await service.send('DELETE', path, { token });
    expect(lettersOf(await add(offer))).toEqual(lettersOf(first));
    expect((await get()).body.items).toEqual([]);
  });

  it.each([
    ['is not sold any more', neighbours.withdraw],
    ['cannot be asked for, since the catalog is away', () => neighbours.down.add('catalog')],
    ['is sold out', (offer: Offer) => neighbours.sell(offer, 0)],
    [
      'has another currency',
      (offer: Offer) => neighbours.sell({ ...offer, price: { minor: 900, currency: 'JPY' } }),
    ],
  ])('adding answers the cart as it was then, though the item %s', async (_, change) => {
    const offer = neighbours.sell(anOffer(), 9);
    const first = await add(offer);
    await add(neighbours.sell(anOffer(), 9), {});
    change(offer);
    expect(lettersOf(await add(offer))).toEqual(lettersOf(first));
    expect((await get()).body).toMatchObject({ version: 2 });
  });
});
