import { describe, expect, it } from 'vitest';
import { cellKey } from '../../shared/sheet/sheet-state.ts';
import { basesOf, changesOf, conflictsIn, faultOf, storedIn, type StockItem } from './stock-cells.ts';

const item = (sku: string, count = 14): StockItem => ({
  variant_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f21',
  product_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f10',
  sku,
  stock_count: count,
  reserved_count: 2,
  available: count - 2,
  low_stock_threshold: 5,
  status: 'in_stock',
  withdrawn: false,
  version: 4,
});
const bySku = (...items: readonly StockItem[]) => new Map(items.map((one) => [one.sku, one]));

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

describe('the bases of changes', () => {
  const edits = new Map([[cellKey('LAMP', 'count'), '20']]);

  it('are the items as they were when they were changed, also when they change or are hidden', () => {
    const first = basesOf(new Map(), edits, bySku(item('LAMP'), item('CHAIR')));
    expect(first).toEqual(bySku(item('LAMP')));
    expect(basesOf(first, edits, bySku(item('LAMP', 15)))).toBe(first);
    expect(basesOf(first, edits, new Map())).toBe(first);
  });

  it('end with the changes', () => {
    const first = basesOf(new Map(), edits, bySku(item('LAMP')));
    expect(basesOf(first, new Map(), bySku(item('LAMP')))).toEqual(new Map());
  });
});

describe('the changes to store', () => {
  it('are one per cell, without those that are not valid', () => {
    const edits = new Map([
      [cellKey('LAMP', 'count'), '20'],
      [cellKey('LAMP', 'threshold'), '1.000'],
      [cellKey('CHAIR', 'count'), 'many'],
      [cellKey('GONE', 'count'), '5'],
    ]);
    expect(changesOf(edits, bySku(item('LAMP'), item('CHAIR')), 'de')).toEqual([
      { sku: 'LAMP', column: 'count', value: 20, base: 14 },
      { sku: 'LAMP', column: 'threshold', value: 1000, base: 5 },
    ]);
  });
});

describe('the outcomes', () => {
  const change = (sku: string) => ({ sku, column: 'count', value: 20, base: 14 }) as const;

  it('are stored cells and conflicts', () => {
    const outcomes = [
      { change: change('LAMP'), result: { status: 'applied', current: item('LAMP', 20) } },
      { change: change('CHAIR'), result: { status: 'unchanged', current: item('CHAIR', 20) } },
      { change: change('DESK'), result: { status: 'conflict', current: item('DESK', 12) } },
      { change: change('SOFA'), result: { status: 'refused', current: item('SOFA') } },
      { change: change('GONE'), result: { status: 'unknown' } },
      { change: change('LOST'), error: new Error('offline') },
    ] as const;
    expect(storedIn(outcomes)).toEqual([cellKey('LAMP', 'count'), cellKey('CHAIR', 'count')]);
    expect(conflictsIn(outcomes)).toEqual([{ sku: 'DESK', column: 'count', mine: 20, theirs: 12 }]);
  });
});
