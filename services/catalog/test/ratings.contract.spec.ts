import { beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';
import { productJson } from '../adapters/http/mapping.ts';
import type { Product } from '../core/domain/product.ts';
import { catalog } from '../main/module.ts';
import { aProduct } from './product.mother.ts';
import { openProducts, type Opened } from './products.rig.ts';

const RUNS = { memory: 50, pglite: 10, postgres: 10, mongo: 5, redis: 0 };

const rated = (productId: string, version: number, average: number, count: number): EventEnvelope =>
  eventAbout(productId, 'review.rating_changed', { product_id: productId, version, average, count });

describe.each(storesWith('mongo'))('the rating of a product in %s', (store) => {
  const service = forEachTest(async () => {
    const toolbox = await openToolbox(store, catalog);
    const { consumers = [] } = await catalog.compose(toolbox);
    const hear = async (...events: readonly EventEnvelope[]): Promise<void> => {
      for (const consumer of consumers) await consumer.handle(events);
    };
    return { toolbox, hear, ...openProducts(toolbox) };
  });
  let product: Product;
  const save = (one: Product, { unitOfWork }: Pick<Opened, 'unitOfWork'> = service): Promise<void> =>
    unitOfWork.run((tx) => tx.products.save(one));
  beforeEach(async () => {
    product = aProduct();
    await save(product);
  });
  const ratingIn = (json: string | undefined): unknown =>
    (JSON.parse(json ?? '{}') as { readonly rating?: unknown }).rating;
  /** As the details, a list and a collection show it. */
  const shown = async (productId = product.productId): Promise<readonly unknown[]> => {
    const { queries } = service;
    const page = await queries.page({ sort: 'newest', limit: 100 });
    const items = page.ok ? page.value.items : [];
    return [
      ratingIn((await queries.find(productId))?.json),
      ratingIn(items.find((item) => item.includes(productId))),
      ratingIn((await queries.summaries([productId])).get(productId)),
    ];
  };
  const announced = async (): Promise<readonly unknown[]> =>
    (await service.toolbox.announced()).map(({ event_type, payload }) => [event_type, payload]);
  const thrice = (rating: unknown): readonly unknown[] => [rating, rating, rating];

  it('is shown by details, lists and collections, and is announced once it is', async () => {
    expect(await shown()).toEqual(thrice(undefined));
    await service.hear(rated(product.productId, 1, 4.25, 8));
    expect(await shown()).toEqual(thrice({ average: 4.25, count: 8 }));
    const payload = { product_id: product.productId, version: 1, average: 4.25, count: 8 };
    expect(await announced()).toEqual([['product.rated', payload]]);
    await service.hear(rated(product.productId, 2, 0, 0));
    expect(await shown()).toEqual(thrice(undefined));
  });

  it('is shown with related products', async () => {
    const other = aProduct({ related: [product.productId] });
    await save(other);
    await service.hear(rated(product.productId, 1, 4, 1));
    expect((await service.queries.related(other.productId))?.map(ratingIn)).toEqual([
      { average: 4, count: 1 },
    ]);
  });

  it('changes no version, and stays when the product changes, is hidden or comes back', async () => {
    await service.hear(rated(product.productId, 3, 4.5, 2));
    expect(await service.queries.find(product.productId)).toEqual({
      version: 1,
      ratingVersion: 3,
      json: productJson.rated(productJson.detail(product), { average: 4.5, count: 2 }),
    });
    await save({ ...product, version: 2, status: 'draft' });
    await service.hear(rated(product.productId, 4, 4, 3));
    expect(await service.queries.find(product.productId)).toBeUndefined();
    await save({ ...product, version: 3, name: 'Another name' });
    expect(await shown()).toEqual(thrice({ average: 4, count: 3 }));
    expect(await service.queries.find(product.productId)).toMatchObject({ version: 3, ratingVersion: 4 });
  });

  it('is nothing that staff read or change, so an edit that began before a review is no conflict', async () => {
    const read = await service.unitOfWork.run((tx) => tx.products.find(product.productId));
    await service.hear(rated(product.productId, 1, 5, 1));
    expect(await service.unitOfWork.run((tx) => tx.products.find(product.productId))).toEqual(read);
    await save({ ...product, version: 2, name: 'Edited' });
    expect(await shown()).toEqual(thrice({ average: 5, count: 1 }));
  });

  it('of a product that is not there is ignored, also after it was deleted permanently', async () => {
    await service.hear(rated(systemIds.next(), 1, 5, 1));
    await service.hear(rated(product.productId, 1, 5, 1));
    await service.unitOfWork.run((tx) => tx.products.remove(product));
    await service.hear(rated(product.productId, 2, 5, 2));
    expect(await announced()).toHaveLength(1);
  });

  it('is the latest, whatever the order of events, their batches and repetitions', async () => {
    const other = aProduct();
    await save(other);
    const last = { average: 3.5, count: 40 };
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([1, 2, 3, 4, 5, 1, 2, 3], { minLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        async (versions, size) => {
          const one = aProduct();
          await save(one);
          const events = versions.flatMap((version) => [
            rated(one.productId, version, version === 5 ? 3.5 : 1, version === 5 ? 40 : version),
            rated(other.productId, version, 2, version),
          ]);
          for (let at = 0; at < events.length; at += size) await service.hear(...events.slice(at, at + size));
          expect(await shown(one.productId)).toEqual(thrice(last));
        },
      ),
      { numRuns: RUNS[store], seed: 7 },
    );
    expect(await shown(other.productId)).toEqual(thrice({ average: 2, count: 5 }));
  });
});
