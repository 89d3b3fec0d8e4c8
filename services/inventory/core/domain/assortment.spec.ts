import { describe, expect, it } from 'vitest';
import { adjust } from './adjustment.ts';
import { followProduct } from './assortment.ts';
import { anItem, goodsOf, toldOf, variantOf } from '../../test/inventory.mother.ts';

/** Without labels. */
const shelvesAfter = (...args: Parameters<typeof followProduct>) => {
  const { added, variants } = followProduct(...args);
  return { added, variants };
};

describe('following a product', () => {
  const known = anItem({ stock: 3 });
  const listed = toldOf(known, 99);
  const news = { productId: known.productId, version: 2 };
  const fresh = toldOf({ variantId: 'fresh', sku: 'SKU-NEW' }, 7);
  const shelf = { sku: 'SKU-NEW', stock: 7, reserved: 0, lowStockThreshold: 4, version: 1 };
  const variant = { variantId: 'fresh', productId: known.productId, sku: 'SKU-NEW' };

  it('gives a new SKU its initial stock, and leaves a known one as it is', () => {
    expect(shelvesAfter({ ...news, variants: [listed, fresh] }, goodsOf(known), true, 4)).toEqual({
      added: [shelf],
      variants: [{ ...variant, withdrawn: false }],
    });
  });

  it('withdraws variants, once, that the product no longer has', () => {
    const gone = anItem({ productId: known.productId, reserved: 2 });
    const goneBefore = anItem({ productId: known.productId, withdrawn: true });
    const elsewhere = anItem();
    const goods = goodsOf(known, gone, goneBefore, elsewhere);
    expect(shelvesAfter({ ...news, variants: [listed] }, goods, true, 4)).toEqual({
      added: [],
      variants: [{ ...variantOf(gone), withdrawn: true }],
    });
  });

  it('sells returning variants again, with the stock on their shelf', () => {
    const gone = { ...known, withdrawn: true };
    expect(shelvesAfter({ ...news, variants: [listed] }, goodsOf(gone), true, 4)).toEqual({
      added: [],
      variants: [{ ...variantOf(gone), withdrawn: false }],
    });
  });

  it('keeps the stock of a SKU that comes back as another variant on the same shelf', () => {
    const again = toldOf({ variantId: 'fresh', sku: known.sku }, 99);
    expect(shelvesAfter({ ...news, variants: [again] }, goodsOf(known), true, 4)).toEqual({
      added: [],
      variants: [
        { ...variant, sku: known.sku, withdrawn: false },
        { ...variantOf(known), withdrawn: true },
      ],
    });
  });

  it('takes initial stock from outdated events as well, but not what is on sale', () => {
    expect(shelvesAfter({ ...news, variants: [fresh] }, goodsOf(known), false, 4)).toEqual({
      added: [shelf],
      variants: [{ ...variant, withdrawn: true }],
    });
    const gone = { ...known, withdrawn: true };
    expect(shelvesAfter({ ...news, variants: [listed] }, goodsOf(gone), false, 4)).toEqual({
      added: [],
      variants: [],
    });
  });
});

describe('the labels of variants', () => {
  const known = anItem();
  const told = { ...toldOf(known, 3), name: 'Oak lamp' };
  const { initialStock: _, ...label } = told;
  const news = { productId: known.productId, version: 2, variants: [told] };

  it('are as the newest version of the product says', () => {
    expect(followProduct(news, goodsOf(known), true, 4).labels).toEqual([label]);
    expect(followProduct(news, goodsOf(known), false, 4).labels).toEqual([]);
  });

  it('are as an outdated version says, if no other has the variant', () => {
    expect(followProduct(news, goodsOf(), false, 4).labels).toEqual([label]);
  });
});

describe('adjusting', () => {
  it('adds and removes units', () => {
    const item = anItem({ stock: 5, reserved: 2 });
    expect(adjust(item, -3)).toEqual({ ok: true, value: { ...item, stock: 2, version: 2 } });
  });

  it('does not remove reserved units', () => {
    expect(adjust(anItem({ stock: 5, reserved: 2 }), -4)).toMatchObject({
      error: { code: 'BELOW_RESERVED' },
    });
  });
});
