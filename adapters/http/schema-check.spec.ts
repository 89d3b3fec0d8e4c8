import { describe, expect, it } from 'vitest';
import { schemaCheck } from './schema-check.ts';
import { unstorable } from './storable.ts';

describe('checking data against a schema of an OpenAPI file', () => {
  const check = schemaCheck('catalog.yaml', 'VariantInput');
  const variant = { sku: 'ABC-1', price: 9.99, currency: 'EUR' };

  it('accepts valid data, including references to shared components', () => {
    expect(check(variant)).toEqual({ ok: true, value: variant });
  });

  it('reports all violations and their positions', () => {
    expect(check({ ...variant, sku: 'a', currency: 'Euro', colour: 'red' })).toEqual({
      ok: false,
      error: [
        '/ must NOT have additional properties: colour',
        '/sku must match pattern "^[A-Z0-9][A-Z0-9-]{2,39}$"',
        '/currency must match pattern "^[A-Z]{3}$"',
      ],
    });
    expect(check(undefined)).toMatchObject({ ok: false });
  });

  it('reports at most ten errors', () => {
    const checked = check({ ...variant, images: Array.from({ length: 5_000 }, () => 1) });
    expect(checked.ok ? [] : checked.error).toHaveLength(10);
  });

  it('checks formats', () => {
    const uuid = schemaCheck('common.yaml', 'Uuid');
    expect(uuid('0190a000-0000-7000-8000-000000000001').ok).toBe(true);
    expect(uuid('nonsense').ok).toBe(false);
  });

  it('throws if the schema does not exist', () => {
    expect(() => schemaCheck('catalog.yaml', 'Nothing')(1)).toThrow('no schema Nothing');
  });
});

describe('values that cannot be stored', () => {
  it.each([
    ['a\0', ''],
    [{ name: 'a\ud800' }, '/name'],
    [{ list: ['ok', { deep: '\udc00' }] }, '/list/1/deep'],
    [{ 'a\0': 1 }, ''],
    [{ amount: Infinity }, '/amount'],
    [{ amounts: [1, NaN] }, '/amounts/1'],
  ])('are found in %j', (value, pointer) => {
    expect(unstorable(value)).toBe(pointer);
  });

  it.each(['', 'Käse 🧀', 7, -0, 1e308, null, undefined, true, [], { a: ['b', { c: 'd' }] }])(
    'do not include %j',
    (value) => {
      expect(unstorable(value)).toBeUndefined();
    },
  );
});
