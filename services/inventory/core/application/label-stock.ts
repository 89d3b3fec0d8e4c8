import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Label } from '../domain/label.ts';
import type { Variant } from '../domain/stock.ts';
import type { Catalog } from '../ports/catalog.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';

/** Variants of one request; they may all be of different products. */
const BATCH = 50;

/** Asks the catalog for the labels of variants that are older than labels. Labels that events have brought since are newer, and stay. */
export const makeLabelStock =
  (unitOfWork: UnitOfWork<InventoryTx>, catalog: Catalog) => async (): Promise<void> => {
    const labelSome = async (): Promise<number> => {
      const variants = await unitOfWork.run(({ unlabelled }) => unlabelled.first(BATCH));
      if (variants.length === 0) return 0;
      const labels = await catalog.labels([...new Set(variants.map(({ productId }) => productId))]);
      const said = new Map(labels.map((label) => [label.variantId, label]));
      await unitOfWork.run(async ({ labels: known, unlabelled }) => {
        await known.saveMissing(variants.map((variant) => said.get(variant.variantId) ?? nameless(variant)));
        await unlabelled.remove(variants.map(({ variantId }) => variantId));
      });
      return variants.length;
    };
    while ((await labelSome()) === BATCH);
  };

/** The catalog no longer has the variant: it is found by its SKU. */
const nameless = ({ variantId, sku }: Variant): Label => ({
  variantId,
  sku,
  name: sku,
  attributes: {},
  categoryIds: [],
  categoryPath: [],
});
