import { describe, expect, it } from 'vitest';
import { parseStockView } from './view.ts';

const ID = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f21';

describe('the view of the stock in a URL', () => {
  it.each([
    [{}, {}],
    [
      { low: true, q: 'lamp', category: ID, item: ID },
      { low: true, q: 'lamp', category: ID, item: ID },
    ],
    [{ q: 4711 }, { q: '4711' }],
    [{ low: 'yes', q: ' ', category: 'lamps', item: {} }, {}],
    [{ q: 'x'.repeat(300) }, { q: 'x'.repeat(200) }],
  ])('%j is understood as %j', (search, view) => {
    expect(parseStockView(search)).toEqual(view);
  });
});
