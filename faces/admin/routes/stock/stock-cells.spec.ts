import { describe, expect, it } from 'vitest';
import { cellKey } from '../../shared/sheet/sheet-state.ts';
import type { StockItem } from './stock-api.ts';
import { changesOf, faultOf } from './stock-cells.ts';

const item = (sku: string): StockItem => ({
  variant_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f21',
  product_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f10',
  sku,
  stock_count: 14,
  reserved_count: 2,
  available: 12,
  low_stock_threshold: 5,
  status: 'in_stock',
  withdrawn: false,
  version: 4,
});

describe('a stock cell', () => {
  it.each([
    ['count', '20', undefined],
    ['count', '1.234', undefined],
    ['count', '2', undefined],
    ['count', '1', 'reserved'],
    ['threshold', '0', undefined],
    ['count', '', 'whole'],
    ['count', '12,5', 'whole'],
    ['count', 'many', 'whole'],
    ['threshold', '-1', 'negative'],
    ['count', '1.000.001', 'high'],
  ])('%s with %j has the fault %s', (column, text, fault) => {
    expect(faultOf(item('LAMP'), column, text, 'de')).toBe(fault);
  });
});

describe('the changes to store', () => {
  const items = new Map(['LAMP', 'CHAIR'].map((sku) => [sku, item(sku)]));

  it('are one per SKU, without cells that are not valid', () => {
    const edits = new Map([
      [cellKey('LAMP', 'count'), '20'],
      [cellKey('LAMP', 'threshold'), '1.000'],
      [cellKey('CHAIR', 'count'), 'many'],
      [cellKey('GONE', 'count'), '5'],
    ]);
    expect(changesOf(edits, items, 'de', (change) => `key of ${change}`)).toEqual([
      { item: item('LAMP'), count: 20, threshold: 1000, key: 'key of LAMP 4 20' },
    ]);
  });
});
