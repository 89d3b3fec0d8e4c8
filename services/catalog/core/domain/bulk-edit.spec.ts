import { describe, expect, it } from 'vitest';
import { aProduct, aVariant } from '../../test/product.mother.ts';
import { edited, type Edits } from './bulk-edit.ts';

const edit = (edits: Edits, product = aProduct({ tags: ['a'] })) => edited(product, edits, new Map());

describe('the edits of a bulk edit', () => {
  it('change a status and keep the schedule', () => {
    const [publishAt, unpublishAt] = [new Date('2026-03-01'), new Date('2026-04-01')];
    expect(edit({ status: 'draft' }, aProduct({ publishAt, unpublishAt }))).toMatchObject({
      value: { publishing: { status: 'draft', publishAt, unpublishAt } },
    });
    expect(edit({ status: 'published' })).toMatchObject({ value: { publishing: { status: 'published' } } });
  });

  it('add and remove tags, up to the limit of a product', () => {
    expect(edit({ addTags: ['b', 'a'], removeTags: ['a'] })).toMatchObject({ value: { tags: ['b'] } });
    const many = Array.from({ length: 30 }, (_, index) => `tag ${index}`);
    expect(edit({ addTags: many })).toEqual({ ok: false, error: ['A product has at most 30 tags.'] });
  });

  it('give each reason once', () => {
    const product = aProduct({ variants: [aVariant(), aVariant()] });
    const price = { priceList: 'NONE', change: { kind: 'remove' } } as const;
    expect(edit({ price }, product)).toEqual({ ok: false, error: ['There is no price list NONE.'] });
  });
});
