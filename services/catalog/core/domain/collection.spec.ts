import { describe, expect, it } from 'vitest';
import { checkCollection, type CollectionDraft, type Contents, type Rule } from './collection.ts';

const draft = (contents: Contents, name = 'Winter'): CollectionDraft => ({
  name,
  description: '',
  status: 'draft',
  contents,
});
const ruled = (rule: Rule): CollectionDraft => draft({ kind: 'rule', rule, sort: 'newest' });
const manual = (...productIds: readonly string[]): Contents => ({ kind: 'manual', productIds });

describe('a collection', () => {
  const GOOD: readonly CollectionDraft[] = [
    draft(manual()),
    draft(manual('p-1', 'p-2')),
    ruled({ categoryId: 'c' }),
    ruled({ brand: 'Acme' }),
    ruled({ tags: ['new'] }),
    ruled({ price: { currency: 'EUR' } }),
    ruled({ price: { currency: 'EUR', min: 5, max: 5 } }),
    ruled({ price: { currency: 'EUR', max: 5 } }),
    ruled({ createdWithinDays: 30 }),
  ];
  it.each(GOOD)('is accepted: %j', (collection) => {
    expect(checkCollection(collection)).toEqual({ ok: true, value: undefined });
  });

  const BAD: readonly (readonly [collection: CollectionDraft, detail: string])[] = [
    [draft(manual(), ' '), 'A collection needs a name.'],
    [draft(manual('p-1', 'p-2', 'p-1')), 'A product can be in a collection once.'],
    [ruled({}), 'A rule needs a condition.'],
    [ruled({ tags: [] }), 'A rule needs a condition.'],
    [ruled({ price: { currency: 'EUR', min: 6, max: 5 } }), 'The highest price is below the lowest.'],
  ];
  it.each(BAD)('is refused: %j', (collection, detail) => {
    expect(checkCollection(collection)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_COLLECTION', detail },
    });
  });
});
