import { describe, expect, it } from 'vitest';
import { choiceOf, IGNORED, mappingOf, UNKNOWN, unmapped } from './mapping.ts';

const COLUMNS = [
  { name: 'Article', field: 'sku', samples: [] },
  { name: 'Note', field: null, samples: [] },
  { name: 'Shade', samples: [] },
  { name: 'Weight', samples: [] },
];

describe('the columns of a file', () => {
  it('are mapped, ignored, or not known', () => {
    expect(COLUMNS.map(choiceOf)).toEqual(['sku', IGNORED, UNKNOWN, UNKNOWN]);
    expect(unmapped(COLUMNS, new Map([['Shade', 'attr.Shade']]))).toEqual(['Weight']);
  });

  it('are sent as chosen, over what the last check had', () => {
    const choices = new Map([
      ['Shade', 'attr.Shade'],
      ['Note', 'description'],
      ['Weight', IGNORED],
      ['Article', UNKNOWN],
    ]);
    expect(mappingOf({ Note: null, Old: 'brand' }, choices)).toEqual({
      Note: 'description',
      Old: 'brand',
      Shade: 'attr.Shade',
      Weight: null,
    });
  });
});
