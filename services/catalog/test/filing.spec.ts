import { expect, it } from 'vitest';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { withFiling, type FilingTx } from '../core/application/filing.ts';
import type { CatalogTx } from '../core/ports/catalog-tx.ts';
import { catalog } from '../main/module.ts';
import { openProducts } from './products.rig.ts';

const places = Array.from({ length: 20 }, (_, at) => ({
  category: `Root ${at % 5}`,
  subcategory: at === 0 ? '' : `Shelf ${at}`,
}));

it('a unit of work reads its categories level by level, however many there are', async () => {
  const toolbox = await openToolbox('memory', catalog);
  const { unitOfWork, documents } = openProducts(toolbox);
  const reads: string[] = [];
  const tree = {
    all: () => {
      reads.push('tree');
      return documents.categories.all();
    },
  };
  const counted: UnitOfWork<CatalogTx> = {
    run: (work) =>
      unitOfWork.run((tx) => {
        const { allByName } = tx.categories;
        const categories: CatalogTx['categories'] = {
          ...tx.categories,
          allByName: (names) => {
            reads.push(`${names.length} names`);
            return allByName(names);
          },
        };
        return work({ ...tx, categories });
      }),
  };
  const filing = withFiling(counted, tree, toolbox.ids);
  const fileAll = async ({ file }: FilingTx) => {
    const filed: unknown[] = [];
    for (const place of places) {
      const found = await file({ ...place, categoryIds: [], categoryPath: [] });
      filed.push(found.ok && found.value.categoryPath.join(' / '));
    }
    return filed;
  };
  await filing.run(fileAll);
  reads.length = 0;
  const filed = await filing.run(async ({ readCategories, ...tx }) => {
    await readCategories(places);
    return fileAll({ ...tx, readCategories });
  });
  expect(filed).toEqual(
    places.map(({ category, subcategory }) =>
      subcategory === '' ? category : `${category} / ${subcategory}`,
    ),
  );
  expect(reads).toEqual(['5 names', '19 names']);
});
