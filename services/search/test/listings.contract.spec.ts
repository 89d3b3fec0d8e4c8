import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { eventAbout, goneEnvelope } from '#test/kit/events.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { toIndexChange } from '../core/domain/document.ts';
import { openListings } from './listings.rig.ts';

const payloadOf = (productId: string, version: number, skus: readonly string[]) => ({
  product_id: productId,
  version,
  name: `Lamp ${version}`,
  variants: skus.map((sku) => ({ sku, price: version, currency: 'EUR' })),
});

const productEvent = (productId: string, version: number, skus: readonly string[]): EventEnvelope =>
  eventAbout(
    productId,
    version === 1 ? 'product.created' : 'product.updated',
    payloadOf(productId, version, skus),
    version,
  );

const stockEvent = (sku: string, version: number, isAvailable: boolean): EventEnvelope =>
  eventAbout(sku, 'inventory.availability_changed', { sku, version, is_available: isAvailable }, version);

const ratingEvent = (productId: string, version: number, average: number): EventEnvelope =>
  eventAbout(
    productId,
    'review.rating_changed',
    { product_id: productId, version, average, count: average === 0 ? 0 : version },
    version,
  );

const saleOf = (productId: string, quantity: number, attempt = 1): EventEnvelope =>
  eventAbout(systemIds.next(), 'order.confirmed', {
    attempt,
    total_amount: 10,
    items: [{ product_id: productId, quantity }],
  });

describe.each(STORES)('listings in %s', (store) => {
  const rig = forEachTest(() => openListings(store));
  const find = async (productId: string) => (await rig.listings.find([productId]))[0];

  it('have the newest version of a product, whatever arrives last', async () => {
    const productId = systemIds.next();
    await rig.hear(productEvent(productId, 3, ['A']), productEvent(productId, 2, ['B']));
    await rig.hear(productEvent(productId, 1, ['C']));
    expect(await find(productId)).toMatchObject({
      product: { name: 'Lamp 3', variants: [{ sku: 'A', price: 3 }] },
    });
  });

  it('keep a product deleted when an earlier event arrives late', async () => {
    const productId = systemIds.next();
    await rig.hear(productEvent(productId, 1, ['A']));
    await rig.hear(goneEnvelope(3, productId));
    await rig.hear(productEvent(productId, 2, ['A']));
    expect((await find(productId))?.product).toBeUndefined();
  });

  it('have no product while it is hidden, whatever arrives late', async () => {
    const productId = systemIds.next();
    const version = (number: number, visible: boolean) =>
      eventAbout(productId, 'product.updated', { ...payloadOf(productId, number, ['A']), visible }, number);
    await rig.hear(stockEvent('A', 1, true), version(3, false), version(2, true));
    expect((await find(productId))?.product).toBeUndefined();
    await rig.hear(version(4, true));
    expect(await find(productId)).toMatchObject({ product: { name: 'Lamp 4' }, available: new Set(['A']) });
  });

  it('know the stock of a SKU before and after its product, and in whichever product it is', async () => {
    const [first, second] = [systemIds.next(), systemIds.next()];
    await rig.hear(stockEvent('A', 1, true));
    await rig.hear(productEvent(first, 1, ['A', 'B']));
    expect((await find(first))?.available).toEqual(new Set(['A']));
    await rig.hear(productEvent(second, 1, ['B']), productEvent(first, 2, ['A']));
    await rig.hear(stockEvent('B', 2, true), stockEvent('A', 2, false), stockEvent('B', 1, false));
    expect((await find(first))?.available).toEqual(new Set());
    expect((await find(second))?.available).toEqual(new Set(['B']));
  });

  it('count the units sold once, without replacements', async () => {
    const productId = systemIds.next();
    const sale = saleOf(productId, 2);
    await rig.hear(sale, saleOf(productId, 3));
    await rig.hear(sale, saleOf(productId, 9, 2));
    await rig.hear(productEvent(productId, 1, ['A']));
    const before = await find(productId);
    expect(before).toMatchObject({ sold: 0, product: { name: 'Lamp 1' } });
    await rig.sweep();
    await rig.sweep();
    const counted = await find(productId);
    expect(counted).toMatchObject({ sold: 5, product: { name: 'Lamp 1' } });
    expect(counted?.revision).toBe((before?.revision ?? 0) + 1);
    await rig.hear(saleOf(productId, 1));
    await rig.sweep();
    expect(await find(productId)).toMatchObject({ sold: 6 });
  });

  it('have the newest rating, before and after their product', async () => {
    const productId = systemIds.next();
    await rig.hear(ratingEvent(productId, 2, 4.5));
    await rig.hear(productEvent(productId, 1, ['A']));
    await rig.hear(ratingEvent(productId, 1, 1));
    expect(await find(productId)).toMatchObject({ revision: 2, rating: { average: 4.5, count: 2 } });
    await rig.hear(ratingEvent(productId, 4, 4), ratingEvent(productId, 3, 5));
    expect(await find(productId)).toMatchObject({ revision: 3, rating: { average: 4, count: 4 } });
    await rig.hear(ratingEvent(productId, 5, 0));
    expect(await find(productId)).toMatchObject({ revision: 4, rating: { average: 0, count: 0 } });
  });

  it('are pending until their newest revision is in the index', async () => {
    const productId = systemIds.next();
    await rig.hear(productEvent(productId, 1, ['A']));
    const [pending] = await rig.listings.pending(10);
    expect(pending).toMatchObject({ productId, revision: 1 });
    await rig.hear(stockEvent('A', 1, true));
    expect(await rig.listings.markIndexed([{ productId, revision: 1 }])).toEqual([]);
    expect(await rig.listings.pending(10)).toMatchObject([{ productId, revision: 2 }]);
    expect(await rig.listings.countPending()).toBe(1);
    const lags = await rig.listings.markIndexed([{ productId, revision: 2 }]);
    expect(lags).toEqual([expect.any(Number)]);
    expect(await rig.listings.markIndexed([{ productId, revision: 2 }])).toEqual([]);
    expect([await rig.listings.pending(10), await rig.listings.countPending()]).toEqual([[], 0]);
    await rig.hear(stockEvent('A', 1, true));
    expect(await rig.listings.pending(10)).toEqual([]);
  });

  it('can be read in parts', async () => {
    const ids = Array.from({ length: 5 }, () => systemIds.next());
    await rig.hear(...ids.map((productId) => productEvent(productId, 1, ['A'])));
    expect(await rig.listings.count()).toBe(5);
    const first = await rig.listings.all(3);
    const rest = await rig.listings.all(3, first.at(-1)?.productId);
    expect([...first, ...rest].map(({ productId }) => productId)).toEqual(ids.toSorted());
  });

  it('end the same after any order of events, in any batches, with any repetition', async () => {
    const [one, two] = [systemIds.next(), systemIds.next()];
    const events = [
      productEvent(one, 1, ['A', 'B']),
      productEvent(one, 2, ['A']),
      productEvent(two, 1, ['B']),
      productEvent(two, 2, ['B', 'C']),
      goneEnvelope(3, one),
      stockEvent('A', 1, true),
      stockEvent('B', 1, true),
      stockEvent('B', 2, false),
      stockEvent('C', 5, true),
      ratingEvent(two, 1, 2.5),
      ratingEvent(two, 2, 4.25),
      ratingEvent(one, 3, 0),
      saleOf(one, 1),
      saleOf(two, 2),
    ];
    const outcomeOf = async (batches: readonly (readonly EventEnvelope[])[]) => {
      const { hear, listings } = await openListings(store);
      for (const batch of batches) await hear(...batch);
      const found = await listings.find([one, two]);
      return found
        .toSorted((a, b) => (a.productId < b.productId ? -1 : 1))
        .map((listing) => ({ ...toIndexChange(listing), revision: 0 }));
    };
    const expected = await outcomeOf([events]);
    const orders = fc
      .tuple(
        fc.shuffledSubarray([...events, ...events], { minLength: 0 }),
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.integer({ min: 1, max: 5 }),
      )
      .map(([some, all, size]) => {
        const mixed = [...some, ...all];
        return Array.from({ length: Math.ceil(mixed.length / size) }, (_, at) =>
          mixed.slice(at * size, (at + 1) * size),
        );
      });
    await fc.assert(
      fc.asyncProperty(orders, async (batches) => {
        expect(await outcomeOf(batches)).toEqual(expected);
      }),
      { numRuns: store === 'memory' ? 50 : 8, seed: 4 },
    );
  });
});
