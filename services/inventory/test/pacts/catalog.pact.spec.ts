import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, fromProviderState, integer, string, uuid } from '#test/kit/pact/matchers.ts';
import { httpCatalog } from '../../adapters/clients/catalog.http.ts';
import { openStock, PRODUCT, VARIANT } from './inventory.rig.ts';

const OTHER_PRODUCT = '0190a000-0000-7000-8000-00000000000a';
const OTHER_VARIANT = '0190a000-0000-7000-8000-00000000000b';

const product = (productId: string, version: number, variantId: string) => ({
  product_id: uuid(productId),
  version: integer(version),
  name: string('Kettle'),
  category_path: eachLike(string('Kitchen')),
  variants: eachLike({
    variant_id: uuid(variantId),
    sku: string('KET-BLUE'),
    attributes: {},
    images: eachLike(string('/blue.svg')),
    initial_stock: integer(5),
  }),
});

describeContract('inventory', 'catalog', (contract) => {
  it('what a product and its variants are called, to show their stock', () =>
    contract.asks(
      {
        given: 'a product is on sale',
        asking: 'what a product is called',
        request: {
          method: 'POST',
          path: '/internal/v1/product-descriptions',
          scope: 'products:read',
          body: { product_ids: [fromProviderState('${product_id}', PRODUCT)] },
        },
        response: {
          status: 200,
          body: {
            items: eachLike({
              product_id: uuid(PRODUCT),
              name: string('Kettle'),
              category_ids: eachLike(uuid(OTHER_PRODUCT)),
              category_path: eachLike(string('Kitchen')),
              variants: eachLike({
                variant_id: uuid(VARIANT),
                sku: string('KET-RED'),
                attributes: {},
                image: string('/red.svg'),
              }),
            }),
          },
        },
      },
      async (client) => {
        expect(await httpCatalog(client).labels([PRODUCT])).toEqual([
          {
            variantId: VARIANT,
            sku: 'KET-RED',
            name: 'Kettle',
            attributes: {},
            categoryIds: [OTHER_PRODUCT],
            categoryPath: ['Kitchen'],
            image: '/red.svg',
          },
        ]);
      },
    ));

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
