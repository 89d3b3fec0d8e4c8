import { describe, expect, it } from 'vitest';
import { aProduct, aVariant } from '../../test/product.mother.ts';
import { copyOf, skusOfCopy } from './copy.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const product = aProduct({
  name: 'Lamp',
  status: 'published',
  publishAt: NOW,
  unpublishAt: NOW,
  seo: { slug: 'lamp', title: 'A lamp' },
  variants: [aVariant({ sku: 'L-1' }), aVariant({ sku: 'L-2' })],
});
const skus = (...pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> =>
  new Map(pairs);

describe('the SKUs of a copy', () => {
  it('are those that are given, or have a suffix for each attempt', () => {
    expect(skusOfCopy(product, skus(['L-2', 'M-2']), 1)).toEqual({
      ok: true,
      value: skus(['L-1', 'L-1-COPY'], ['L-2', 'M-2']),
    });
    expect(skusOfCopy(product, skus(), 2)).toEqual({
      ok: true,
      value: skus(['L-1', 'L-1-COPY-2'], ['L-2', 'L-2-COPY-2']),
    });
  });

  it('may have forty characters', () => {
    expect(skusOfCopy(product, skus(['L-1', 'x'.repeat(40)]), 1).ok).toBe(true);
  });

  it.each([
    [skus(['L-3', 'M-3']), 'The product has no SKU L-3.'],
    [skus(['L-1', 'M'], ['L-2', 'M']), 'Two variants of the copy have the same SKU.'],
    [
      skus(['L-1', 'x'.repeat(41)]),
      `${'x'.repeat(41)} has more than 40 characters; name the SKU of the copy.`,
    ],
  ])('are refused: %j', (given, detail) => {
    expect(skusOfCopy(product, given, 1)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PRODUCT', detail },
    });
  });
});

describe('a copy', () => {
  const copy = (of = product, name?: string) => {
    let made = 0;
    const newSkus = skus(['L-1', 'L-1-COPY']);
    return copyOf(of, { name, skus: newSkus }, 'p-2', () => `v-${(made += 1)}`, NOW);
  };

  it('is a draft with the data of the product, without its schedule, its stock and its address', () => {
    const { publishAt: _, unpublishAt: __, ...content } = product;
    expect(copy()).toEqual({
      ...content,
      productId: 'p-2',
      version: 1,
      name: 'Lamp (copy)',
      status: 'draft',
      seo: { title: 'A lamp' },
      variants: product.variants.map((variant, at) => ({
        ...variant,
        variantId: `v-${at + 1}`,
        sku: at === 0 ? 'L-1-COPY' : 'L-2',
        initialStock: 0,
      })),
      former: [],
      createdAt: NOW,
      updatedAt: NOW,
    });
  });

  it('has the given name, of which 300 characters are kept', () => {
    expect(copy(product, 'Other').name).toBe('Other');
    expect(copy(product, '💡'.repeat(301)).name).toBe('💡'.repeat(300));
  });

  it('has no fields for search engines if there was only the slug', () => {
    expect(copy({ ...product, seo: { slug: 'lamp' } })).not.toHaveProperty('seo');
    const { seo: _, ...bare } = product;
    expect(copy(bare)).not.toHaveProperty('seo');
  });

  it('of a product in the trash is not in the trash', () => {
    expect(copy({ ...product, deletedAt: NOW })).not.toHaveProperty('deletedAt');
  });
});
