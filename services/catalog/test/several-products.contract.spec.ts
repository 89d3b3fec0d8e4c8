import { describe, expect, it } from 'vitest';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, STORES } from '#test/kit/toolbox.ts';
import { documentsIn } from '../adapters/documents.ts';
import { productJson } from '../adapters/http/mapping.ts';
import { memoryDocuments } from '#adapters/memory/documents.ts';
import { postgresDocuments } from '#adapters/postgres/documents.ts';
import { memoryProductRepository } from '../adapters/memory/memory-products.ts';
import { postgresProductRepository } from '../adapters/postgres/product-repository.postgres.ts';
import type { Product } from '../core/domain/product.ts';
import { catalog } from '../main/module.ts';
import { aProduct, aVariant } from './product.mother.ts';

describe.each(STORES)('several products of one unit in %s', (name) => {
  const toolbox = forEachTest(() => openToolbox(name, catalog));
  const unitOfWork = () => {
    const { store } = toolbox;
    return store.kind === 'memory'
      ? memoryUnitOfWork(toolbox, store.database, (tx) => ({
          products: memoryProductRepository(tx),
          ...documentsIn((kind) => memoryDocuments(tx, kind)),
        }))
      : sqlUnitOfWork(toolbox, store, (tx) => ({
          products: postgresProductRepository(tx, productJson),
          ...documentsIn((kind) => postgresDocuments(tx, store.schema, kind)),
        }));
  };
  const save = (...products: readonly Product[]): Promise<void> =>
    unitOfWork().run(async (tx) => {
      for (const product of products) await tx.products.save(product);
    });
  const stored = (products: readonly Product[]): Promise<readonly Product[]> =>
    unitOfWork().run(async (tx) => {
      const found = await tx.products.findAll(products.map(({ productId }) => productId));
      return products.flatMap(({ productId }) => found.get(productId) ?? []);
    });

  it('are stored together, new ones and others', async () => {
    const [old, fresh] = [
      aProduct({ tags: ['a', 'b'] }),
      aProduct({ tags: [], variants: [aVariant(), aVariant()] }),
    ];
    await save(old);
    const changed = { ...old, version: 2, name: 'Changed' };
    await save(changed, fresh);
    expect(await stored([changed, fresh])).toEqual([changed, fresh]);
  });

  it('are all refused if one of them is', async () => {
    const [one, other] = [aProduct(), aProduct()];
    await save(one);
    await expect(save(other, { ...one, version: 5 })).rejects.toThrow(VersionConflict);
    expect(await stored([one, other])).toEqual([one]);
  });

  it('are seen by the unit, and may be saved twice', async () => {
    const product = aProduct();
    const next = { ...product, version: 2, name: 'Changed' };
    const seen = await unitOfWork().run(async (tx) => {
      await tx.products.save(product);
      const found = await tx.products.find(product.productId);
      await tx.products.save(next);
      const sku = next.variants.map((variant) => variant.sku);
      return [found, await tx.products.ownersOf(sku)] as const;
    });
    expect(seen).toEqual([product, new Map([[next.variants[0]?.sku, next.productId]])]);
    expect(await stored([next])).toEqual([next]);
  });

  it('may hand a SKU over, whether the unit has read them or not', async () => {
    const [moved, kept, first] = [aVariant(), aVariant(), aVariant()];
    const [giver, taker] = [aProduct({ variants: [moved, kept] }), aProduct({ variants: [first] })];
    await save(giver, taker);
    const gives = { ...giver, version: 2, variants: [kept] };
    const takes = { ...taker, version: 2, variants: [moved, first] };
    await save(gives, takes);
    expect(await stored([gives, takes])).toEqual([gives, takes]);
    await unitOfWork().run(async (tx) => {
      await tx.products.findAll([giver.productId, taker.productId]);
      await tx.products.save({ ...takes, version: 3, variants: [first] });
      await tx.products.save({ ...gives, version: 3, variants: [moved, kept] });
    });
    const [, owner] = await unitOfWork().run(
      async (tx) => [...(await tx.products.ownersOf([moved.sku]))][0] ?? [],
    );
    expect(owner).toBe(giver.productId);
  });
});
