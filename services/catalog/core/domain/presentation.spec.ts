import { expect, it } from 'vitest';
import { presentationOf } from './presentation.ts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `p-${index}`);

it.each([
  ['more than 24 products', ids(25)],
  ['a product twice', ['p-1', 'p-1']],
  ['itself', ['p-9', 'own']],
])('a product is not related to %s', (_name, related) => {
  expect(presentationOf({ related }, 'own')).toMatchObject({ error: { code: 'INVALID_PRODUCT' } });
});

it('a product keeps what a draft does not mention, and loses empty fields for search engines', () => {
  const before = { seo: { title: 'A' }, related: ids(2) };
  expect(presentationOf({}, 'own', before)).toEqual({ ok: true, value: before });
  expect(presentationOf({ seo: {}, related: [] }, 'own', before)).toEqual({
    ok: true,
    value: { related: [] },
  });
});
