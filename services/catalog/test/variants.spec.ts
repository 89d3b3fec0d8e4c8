import { describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, idOf, kettle } from './catalog.rig.ts';

const { service, as, manager, create, announced } = catalogForEachTest();

const change = async (...items: readonly object[]): Promise<Answered> =>
  service.send('PATCH', '/api/v1/variants', { token: await manager(), body: { items } });

const productOf = async (created: Answered): Promise<Answered['body']> =>
  (await service.send('GET', `/api/v1/products/${idOf(created)}`)).body;

describe('a change of variants', () => {
  it('changes only what it names, in one new version of a product', async () => {
    const created = await create();
    const answer = await change(
      { sku: 'KET-RED', price: 15.5, attributes: { size: 'L' } },
      { sku: 'KET-BLUE', images: ['/blue.svg'] },
    );
    const product_id = idOf(created);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        items: [
          { sku: 'KET-RED', status: 'updated', product_id, version: 2 },
          { sku: 'KET-BLUE', status: 'updated', product_id, version: 2 },
        ],
      },
    });
    expect((await productOf(created)).variants).toMatchObject([
      { sku: 'KET-RED', price: 15.5, attributes: { colour: 'Red', size: 'L' }, images: ['/red.svg'] },
      { sku: 'KET-BLUE', price: 24, attributes: { colour: 'Blue' }, images: ['/blue.svg'] },
    ]);
    expect(await announced()).toEqual(['product.created 1', 'product.updated 2']);
  });

  it('has a result for each row, and none keeps another from being done', async () => {
    const created = await create();
    const other = await create({ variants: [{ sku: 'POT-1', price: 5, currency: 'EUR' }] });
    const { body } = await change(
      { sku: 'POT-1', version: 7, price: 6 },
      { sku: 'NONE-1', price: 6 },
      { sku: 'KET-RED', price: 1.005 },
      { sku: 'KET-BLUE', price: 20, version: 1 },
      { sku: 'KET-BLUE', prices: { NONE: 3 } },
    );
    expect(body.items).toMatchObject([
      { status: 'conflict', product_id: idOf(other), version: 1 },
      { status: 'not_found' },
      { status: 'rejected', errors: [expect.stringContaining('KET-RED')] },
      { status: 'updated', version: 2 },
      { status: 'rejected', errors: ['KET-BLUE: there is no price list NONE.'] },
    ]);
    expect((await productOf(created)).variants).toMatchObject([{ price: 19.99 }, { price: 20 }]);
    expect(await productOf(other)).toMatchObject({ version: 1, variants: [{ price: 5 }] });
  });

  it('makes no new version if nothing changes', async () => {
    await create();
    const { body } = await change({ sku: 'KET-RED', price: 19.99 });
    expect(body.items).toMatchObject([{ status: 'unchanged', version: 1 }]);
    expect(await announced()).toEqual(['product.created 1']);
  });

  it('sets and removes prices in lists', async () => {
    const list = { code: 'SALE', name: 'Sale', currency: 'EUR' };
    await service.send('POST', '/api/v1/price-lists', { token: await manager(), body: list });
    const created = await create();
    await change({ sku: 'KET-RED', prices: { SALE: 9.99 } });
    expect((await productOf(created)).variants[0]).toMatchObject({ price: 9.99, regular_price: 19.99 });
    await change({ sku: 'KET-RED', prices: { SALE: null } });
    expect((await productOf(created)).variants[0]).toMatchObject({ price: 19.99 });
  });

  it('takes 500 rows of many products, and no more', async () => {
    for (let product = 0; product < 5; product += 1) {
      const variants = Array.from({ length: 100 }, (_, index) => ({
        sku: `MANY-${product}-${index}`,
        price: 1,
        currency: 'EUR',
      }));
      await create(kettle({ variants }));
    }
    const rows = Array.from({ length: 500 }, (_, index) => ({
      sku: `MANY-${index % 5}-${Math.floor(index / 5)}`,
      price: 2,
    }));
    const { body } = await change(...rows);
    expect(body.items.map(({ sku }: { sku: string }) => sku)).toEqual(rows.map(({ sku }) => sku));
    expect(
      body.items.every(
        ({ status, version }: { status: string; version: number }) => status === 'updated' && version === 2,
      ),
    ).toBe(true);
    expect(await change(...rows, { sku: 'ONE-MORE' })).toMatchObject({ status: 400 });
  });

  it('applies several rows with one SKU in turn', async () => {
    await create();
    const { body } = await change(
      { sku: 'KET-RED', price: 5 },
      { sku: 'KET-RED', price: 6 },
      { sku: 'NONE-1' },
    );
    expect(body.items).toMatchObject([
      { status: 'updated', version: 2 },
      { status: 'updated', version: 2 },
      { status: 'not_found' },
    ]);
  });

  it('is the business of catalog managers', async () => {
    const body = { items: [{ sku: 'KET-RED' }] };
    const answer = await service.send('PATCH', '/api/v1/variants', { token: await as('customer'), body });
    expect(answer.status).toBe(403);
  });
});
