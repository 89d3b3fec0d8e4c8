import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, integer, string, uuid } from '#test/kit/pact/matchers.ts';
import { openStock, PRODUCT, VARIANT } from './inventory.rig.ts';

const OTHER_PRODUCT = '0190a000-0000-7000-8000-00000000000a';
const OTHER_VARIANT = '0190a000-0000-7000-8000-00000000000b';

const product = (productId: string, version: number, variantId: string) => ({
  product_id: uuid(productId),
  version: integer(version),
  variants: eachLike({ variant_id: uuid(variantId), sku: string('KET-BLUE'), initial_stock: integer(5) }),
});

describeContract('inventory', 'catalog', (contract) => {
  it('the variants of a new product and their initial stock, to add them', () =>
    contract.hears('product.created', product(OTHER_PRODUCT, 1, OTHER_VARIANT), async (event) => {
      const stock = await openStock();
      await stock.hear(event);
      expect(await stock.ofProduct(OTHER_PRODUCT)).toMatchObject([
        { variantId: OTHER_VARIANT, sku: 'KET-BLUE', stock: 5, withdrawn: false },
      ]);
    }));

  it('the current variants of a product, to add those and withdraw the others', () =>
    contract.hears('product.updated', product(PRODUCT, 2, OTHER_VARIANT), async (event) => {
      const stock = await openStock();
      await stock.hear(event);
      expect(await stock.ofProduct(PRODUCT)).toMatchObject([
        { variantId: OTHER_VARIANT, stock: 5, withdrawn: false },
        { variantId: VARIANT, withdrawn: true },
      ]);
    }));

  it('that a product is deleted, to withdraw its variants', () =>
    contract.hears('product.deleted', { product_id: uuid(PRODUCT), version: integer(2) }, async (event) => {
      const stock = await openStock();
      await stock.hear(event);
      expect(await stock.ofProduct(PRODUCT)).toMatchObject([{ variantId: VARIANT, withdrawn: true }]);
    }));
});
