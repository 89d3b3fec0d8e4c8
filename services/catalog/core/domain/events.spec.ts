import { describe, expect, it } from 'vitest';
import { aProduct } from '../../test/product.mother.ts';
import { productChanged, productDeleted } from './events.ts';

describe('a product', () => {
  it('is published as created in its first version, and as updated in later ones', () => {
    const product = aProduct();
    expect(productChanged(product)).toEqual({ type: 'product.created', product });
    const updated = { ...product, version: 2 };
    expect(productChanged(updated)).toEqual({ type: 'product.updated', product: updated });
  });

  it('is published as deleted one version after its last state', () => {
    const { productId } = aProduct();
    const at = new Date('2026-03-02T12:00:00Z');
    expect(productDeleted(aProduct({ productId, version: 4 }), at)).toEqual({
      type: 'product.deleted',
      productId,
      version: 5,
      at,
    });
  });
});
