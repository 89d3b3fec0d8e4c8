import { describe, expect, it } from '@jest/globals';
import { adjust } from './adjustment.ts';
import { followProduct } from './assortment.ts';
import { anItem } from '../../test/inventory.mother.ts';

describe('following a product', () => {
  const known = anItem({ stock: 3 });
  const listed = { variantId: known.variantId, sku: known.sku, initialStock: 99 };
  const news = { productId: known.productId, version: 2 };

  it('gives a new variant its first stock and leaves a known one as it is', () => {
    const fresh = { variantId: 'fresh', sku: 'SKU-NEW', initialStock: 7 };
    expect(followProduct({ ...news, variants: [listed, fresh] }, [known], 4)).toEqual({
      added: [
        {
          variantId: 'fresh',
          productId: known.productId,
          sku: 'SKU-NEW',
          stock: 7,
          reserved: 0,
          lowStockThreshold: 4,
          withdrawn: false,
          version: 1,
        },
      ],
      withdrawn: [],
    });
  });

  it('withdraws, once, what the product does not have any more', () => {
    const gone = anItem({ productId: known.productId, reserved: 2 });
    const goneBefore = anItem({ productId: known.productId, withdrawn: true });
    expect(followProduct({ ...news, variants: [listed] }, [known, gone, goneBefore], 4)).toEqual({
      added: [],
      withdrawn: [{ ...gone, withdrawn: true, version: 2 }],
    });
  });
});

describe('adjusting', () => {
  it('adds and takes units', () => {
    const item = anItem({ stock: 5, reserved: 2 });
    expect(adjust(item, -3)).toEqual({ ok: true, value: { ...item, stock: 2, version: 2 } });
  });

  it('takes none that orders wait for', () => {
    expect(adjust(anItem({ stock: 5, reserved: 2 }), -4)).toMatchObject({
      error: { code: 'BELOW_RESERVED' },
    });
  });
});
