import { describe, expect, it } from 'vitest';
import { aLabel } from '../../test/inventory.mother.ts';
import { isFound, type LabelFilter } from './label.ts';

const label = aLabel({
  sku: 'TEE-RED-XL',
  name: 'Crème T-Shirt',
  attributes: { Colour: 'Red', Size: 'XL' },
  categoryIds: ['clothes', 'shirts'],
});

describe('a variant is found', () => {
  it.each<LabelFilter>([
    {},
    { q: '  ' },
    { q: 'creme' },
    { q: 'shi' },
    { q: 'tee-red' },
    { q: 'xl creme' },
    { categoryId: 'clothes' },
    { categoryId: 'shirts', q: 'red' },
  ])('by %j', (filter) => {
    expect(isFound(label, filter)).toBe(true);
  });

  it.each<LabelFilter>([
    { q: 'reme' },
    { q: 'creme blue' },
    { q: 'tee-red-xxl' },
    { categoryId: 'shoes' },
    { categoryId: 'shoes', q: 'creme' },
  ])('not by %j', (filter) => {
    expect(isFound(label, filter)).toBe(false);
  });

  it('without a label only by a list of everything', () => {
    expect(isFound(undefined, {})).toBe(true);
    expect(isFound(undefined, { q: 'tee' })).toBe(false);
    expect(isFound(undefined, { categoryId: 'shirts' })).toBe(false);
  });
});
