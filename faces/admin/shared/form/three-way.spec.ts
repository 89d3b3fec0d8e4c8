import { describe, expect, it } from 'vitest';
import { mergeThreeWay, withTheirs, type Fields } from './three-way.ts';

const fields = (values: Readonly<Record<string, string>>): Fields => new Map(Object.entries(values));
const texts = (merged: Fields): object => Object.fromEntries(merged);

describe('two changes of the same state', () => {
  it('are merged where they touch different fields', () => {
    const { merged, conflicts } = mergeThreeWay(
      fields({ name: 'Lamp', brand: 'Lumen', price: '5' }),
      fields({ name: 'Desk lamp', brand: 'Lumen', price: '5' }),
      fields({ name: 'Lamp', brand: 'Lumen', price: '6' }),
    );
    expect(conflicts).toEqual([]);
    expect(texts(merged)).toEqual({ name: 'Desk lamp', brand: 'Lumen', price: '6' });
  });

  it('agree where both did the same', () => {
    expect(mergeThreeWay(fields({ a: '1' }), fields({ a: '2' }), fields({ a: '2' })).conflicts).toEqual([]);
  });

  it('are in conflict where both touched a field, which stays mine until it is decided', () => {
    const { merged, conflicts } = mergeThreeWay(fields({ a: '1' }), fields({ a: '2' }), fields({ a: '3' }));
    expect(conflicts).toEqual([{ field: 'a', base: '1', mine: '2', theirs: '3' }]);
    expect(texts(merged)).toEqual({ a: '2' });
    expect(texts(withTheirs(merged, conflicts, new Set(['a'])))).toEqual({ a: '3' });
    expect(texts(withTheirs(merged, conflicts, new Set()))).toEqual({ a: '2' });
  });

  it('keep added fields of both, and leave out what one removed', () => {
    const { merged } = mergeThreeWay(
      fields({ a: '1', b: '1' }),
      fields({ b: '1', mine: '1' }),
      fields({ a: '1', b: '1', theirs: '1' }),
    );
    expect(texts(merged)).toEqual({ b: '1', mine: '1', theirs: '1' });
  });

  it('are in conflict where one changed what the other removed', () => {
    const { merged, conflicts } = mergeThreeWay(fields({ a: '1' }), fields({ a: '2' }), fields({}));
    expect(conflicts).toEqual([{ field: 'a', base: '1', mine: '2', theirs: undefined }]);
    expect(texts(withTheirs(merged, conflicts, new Set(['a'])))).toEqual({});
  });
});
