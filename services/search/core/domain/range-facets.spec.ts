import { describe, expect, it } from 'vitest';
import type { Facet, RangeFacet } from './filters.ts';
import { MOST_RANGES, usefulRanges } from './range-facets.ts';

const facet = (name: string, values: Readonly<Record<string, number>>): Facet => ({
  name,
  values: Object.entries(values).map(([value, products]) => ({ value, products })),
});
const range = (name: string, unit = ''): RangeFacet => ({ name, unit, min: 1, max: 2 });

describe('the ranges that are shown', () => {
  const size = facet('size', { '1 cm': 2, '2 cm': 1, large: 3 });
  const colour = facet('colour', { '7': 1, red: 2 });

  it('are those of attributes that are numbers for at least half of the products, in all their units', () => {
    const ranges = [range('colour'), range('size', 'cm'), range('size', 'm')];
    expect(usefulRanges([colour, size], ranges, [])).toEqual(ranges.slice(1));
  });

  it('begin with those that are chosen, each once', () => {
    const ranges = [range('colour'), range('size', 'cm'), range('width')];
    const shown = usefulRanges([size, colour], ranges, ['width', 'size']);
    expect(shown.map(({ name }) => name)).toEqual(['width', 'size']);
  });

  it('are at most forty', () => {
    const ranges = Array.from({ length: MOST_RANGES + 1 }, (_, at) => range('size', `u${at}`));
    expect(usefulRanges([size], ranges, [])).toEqual(ranges.slice(0, MOST_RANGES));
  });
});
