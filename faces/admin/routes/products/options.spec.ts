import { describe, expect, it } from 'vitest';
import { combinationsOf, skuPart, valuesIn, withCombinations } from './options.ts';
import type { VariantValues } from './product-form.ts';

const variant = (sku: string, attributes: Record<string, string> = {}): VariantValues => ({
  sku,
  price: '9.90',
  currency: 'CHF',
  attributes,
  prices: {},
  pictures: [{ url: '/one.webp', alt: 'One' }],
  stock: '',
});

describe('options', () => {
  it('are entered with commas', () => {
    expect(valuesIn(' S, M,, L , M')).toEqual(['S', 'M', 'L']);
  });

  it('are combined, those without a name or values left out', () => {
    const options = [
      { name: 'Size', values: ['S', 'M'] },
      { name: ' Colour ', values: ['red', 'blue'] },
      { name: '', values: ['x'] },
      { name: 'Length', values: [] },
    ];
    expect(combinationsOf(options)).toEqual([
      { Size: 'S', Colour: 'red' },
      { Size: 'S', Colour: 'blue' },
      { Size: 'M', Colour: 'red' },
      { Size: 'M', Colour: 'blue' },
    ]);
    expect(combinationsOf([])).toEqual([]);
  });

  it('make the rows that are missing, with the price and pictures of the last row', () => {
    const rows = withCombinations(
      [variant('SHIRT-1', { Size: 'S', Fit: 'slim' })],
      [{ Size: 'S' }, { Size: 'M' }],
      'shirt',
    );
    expect(rows).toEqual([variant('SHIRT-1', { Size: 'S', Fit: 'slim' }), variant('SHIRT-M', { Size: 'M' })]);
  });

  it('replace the empty row of a new product', () => {
    const [only, ...others] = withCombinations([variant('')], [{ Size: 'M' }], 'Shirt');
    expect([only?.sku, only?.price, others]).toEqual(['SHIRT-M', '9.90', []]);
  });

  it('have SKUs that are distinct, and not too long', () => {
    const skus = withCombinations(
      [variant('SHIRT-M')],
      [{ Size: 'm!' }, { Size: 'm?' }, { Size: 'x'.repeat(60) }],
      'shirt',
    ).map(({ sku }) => sku);
    expect(skus.slice(0, 3)).toEqual(['SHIRT-M', 'SHIRT-M-2', 'SHIRT-M-3']);
    expect(skus[3]).toMatch(/^SHIRT-X{34}$/);
    expect(['Größe ß', 'é è', '--a b--'].map(skuPart)).toEqual(['GROESSE-SS', 'E-E', 'A-B']);
  });
});
