import { describe, expect, it } from 'vitest';
import type { Schemas } from '../../api.ts';
import {
  fieldsOf,
  inputOf,
  NEW_COLLECTION,
  productChange,
  schemaOf,
  valuesFrom,
  valuesOf,
  type CollectionValues,
} from './collection-form.ts';

const LAMPS: Schemas['StaffCollection'] = {
  collection_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f41',
  version: 3,
  name: 'New lamps',
  slug: 'new-lamps',
  description: 'Lit.',
  status: 'published',
  seo: { title: 'Lamps' },
  picture: { url: '/lamp.webp', alt: 'A lamp' },
  kind: 'rule',
  rule: { tags: ['lamp', 'new'], min_price: 10, max_price: 99.5, currency: 'EUR', created_within_days: 30 },
  sort: 'price_asc',
  created_at: '2026-03-01T10:15:00Z',
  updated_at: '2026-03-01T10:15:00Z',
};

const ruled = (changes: Partial<CollectionValues>): CollectionValues => ({
  ...NEW_COLLECTION,
  name: 'Lamps',
  kind: 'rule',
  ...changes,
});

const faultsOf = (values: CollectionValues): readonly (readonly [unknown, string])[] =>
  (schemaOf('en', (fault) => fault).safeParse(values).error?.issues ?? []).map(
    ({ path, message }) => [path[0], message] as const,
  );

describe('a collection', () => {
  it('is sent as it was read, with its picture', () => {
    const { collection_id: _, version: __, created_at: ___, updated_at: ____, ...input } = LAMPS;
    expect(inputOf(valuesOf(LAMPS, 'de'), 'de')).toEqual(input);
    expect(valuesOf(LAMPS, 'de')).toMatchObject({ tags: 'lamp, new', minPrice: '10,00', maxPrice: '99,50' });
  });

  it('by hand has its products in their order, and no rule', () => {
    const values = { ...NEW_COLLECTION, name: ' Gifts ', products: ['b', 'a'], brand: 'Lumen' };
    expect(inputOf(values, 'en')).toEqual({
      name: 'Gifts',
      description: '',
      status: 'draft',
      seo: {},
      kind: 'manual',
      product_ids: ['b', 'a'],
    });
    expect(faultsOf(values)).toEqual([]);
  });

  it.each([
    ['by rule', valuesOf(LAMPS, 'de')],
    ['by hand', { ...NEW_COLLECTION, name: 'Gifts', products: ['b', 'a'] }],
  ])('%s is the same after it was taken apart to be compared', (_, values) => {
    expect(valuesFrom(fieldsOf(values))).toEqual(values);
  });

  it('tells which products were added and removed', () => {
    expect(productChange('a b c', 'd c a')).toEqual({ added: ['d'], removed: ['b'] });
    expect(productChange('', 'a')).toEqual({ added: ['a'], removed: [] });
    expect(productChange('a', '')).toEqual({ added: [], removed: ['a'] });
  });

  it.each([
    ['a name', { name: ' ', brand: 'Lumen' }, [['name', 'required']]],
    ['a condition', {}, [['categoryId', 'condition']]],
    [
      'at most 10 tags',
      { tags: Array.from({ length: 11 }, (_, index) => `t${index}`).join() },
      [['tags', 'tags']],
    ],
    ['a currency with a price', { minPrice: '5' }, [['currency', 'currency']]],
    ['the decimals of the currency', { minPrice: '5.5', currency: 'JPY' }, [['minPrice', 'price']]],
    [
      'a highest price above the lowest',
      { minPrice: '6', maxPrice: '5', currency: 'EUR' },
      [['maxPrice', 'order']],
    ],
    ['days that are a number', { days: '3651' }, [['days', 'days']]],
    [
      'a short text about its picture',
      { brand: 'Lumen', pictureAlt: 'x'.repeat(501) },
      [['pictureAlt', 'long']],
    ],
    ['an address of small letters', { brand: 'Lumen', slug: 'New Lamps' }, [['slug', 'slug']]],
  ] as const)('needs %s', (_, changes, faults) => {
    expect(faultsOf(ruled(changes))).toEqual(faults);
  });

  it.each([{ brand: 'Lumen' }, { tags: 'lamp' }, { currency: 'EUR' }, { days: '30' }, { categoryId: 'c' }])(
    'is content with %o as its condition',
    (changes) => {
      expect(faultsOf(ruled(changes))).toEqual([]);
    },
  );
});
