import { expect, it } from 'vitest';
import type { Stored } from '#adapters/mongo/stored.ts';
import { mongoUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { makeBodyRefresh } from '../adapters/mongo/body-refresh.ts';
import { PRODUCTS, type ProductBody } from '../adapters/mongo/product-documents.ts';
import { catalog } from '../main/module.ts';
import { aProduct } from './product.mother.ts';
import { openProducts } from './products.rig.ts';

it.each([1, 2, 9])(
  'products of an earlier release are found by staff after a refresh, %i at a time',
  async (batch) => {
    const toolbox = await openToolbox('mongo', catalog);
    const { unitOfWork, staff, queries } = openProducts(toolbox);
    const products = Array.from({ length: 3 }, () => aProduct());
    for (const product of products) await unitOfWork.run((tx) => tx.products.save(product));
    const { store } = toolbox;
    if (store.kind !== 'mongo') throw new Error('not MongoDB');
    const { database } = store;
    const documents = database.stored<ProductBody>(PRODUCTS);
    const old = products[0]?.productId ?? '';
    const stored = await documents.get(old);
    if (!stored?.body) throw new Error('not stored');
    const { form: _, staff: __, ...body } = stored.body;
    const earlier = { ...stored, body: body as ProductBody } satisfies Stored<ProductBody>;
    expect(await documents.replace({ _id: old, revision: stored.revision }, earlier)).toBe(true);
    const found = async (): Promise<number> => {
      const page = await staff.page({ limit: 9, sort: 'updated', q: 'thing' });
      return page.ok ? page.value.items.length : -1;
    };
    const shown = await queries.find(old);

    expect([await found(), (await staff.find(old))?.productId]).toEqual([2, old]);
    const refresh = makeBodyRefresh(
      database,
      mongoUnitOfWork(toolbox, store, (unit) => ({ unit })),
      batch,
    );
    await refresh();
    await refresh();
    expect([await found(), await queries.find(old)]).toEqual([3, shown]);
  },
);
