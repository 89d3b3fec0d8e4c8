import { describe, expect, it } from 'vitest';
import { money } from '#kernel/money.ts';
import { productChanged, productDeleted } from '../../core/domain/events.ts';
import { aProduct, aVariant } from '../../test/product.mother.ts';
import { toWire } from './integration-events.ts';

const AT = new Date('2026-03-02T12:00:00Z');

describe('other services learn', () => {
  it('that a product is created or changed, with its whole state', () => {
    const product = aProduct({ variants: [aVariant({ price: money(1_999, 'EUR') })] });
    const [variant] = product.variants;
    expect(toWire(productChanged(product))).toEqual({
      type: 'product.created',
      aggregateId: product.productId,
      aggregateVersion: 1,
      payload: {
        product_id: product.productId,
        version: 1,
        name: product.name,
        description: product.description,
        category: product.category,
        subcategory: product.subcategory,
        tags: product.tags,
        brand: product.brand,
        specifications: product.specifications,
        variants: [
          {
            variant_id: variant?.variantId,
            sku: variant?.sku,
            attributes: variant?.attributes,
            price: 19.99,
            currency: 'EUR',
            images: ['/media/samples/box~aabbcc~Box.svg'],
            initial_stock: variant?.initialStock,
          },
        ],
        created_at: product.createdAt.toISOString(),
        updated_at: product.updatedAt.toISOString(),
      },
    });
    expect(toWire(productChanged({ ...product, version: 2 }))).toMatchObject({
      type: 'product.updated',
      aggregateVersion: 2,
      payload: { version: 2 },
    });
  });

  it('in which categories a product is', () => {
    const categoryIds = ['019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f31', '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f32'];
    const product = aProduct({ categoryIds, categoryPath: ['Things', 'Small things'] });
    expect(toWire(productChanged(product)).payload).toMatchObject({
      category_ids: categoryIds,
      category_path: ['Things', 'Small things'],
    });
  });

  it.each([
    ['of a draft', { status: 'draft' }],
    ['before its schedule', { publishAt: AT, updatedAt: new Date(+AT - 1) }],
    ['after its schedule', { unpublishAt: AT, updatedAt: AT }],
    ['in the trash', { deletedAt: AT }],
  ] as const)('that a product is hidden: %s', (_, changes) => {
    expect(toWire(productChanged(aProduct(changes)))).toMatchObject({ payload: { visible: false } });
  });

  it('that a product is deleted, one version after its last state', () => {
    const product = aProduct({ version: 4 });
    expect(toWire(productDeleted(product, AT))).toEqual({
      type: 'product.deleted',
      aggregateId: product.productId,
      aggregateVersion: 5,
      payload: { product_id: product.productId, version: 5, deleted_at: AT.toISOString() },
    });
  });
});
