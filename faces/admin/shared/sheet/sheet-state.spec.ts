import { describe, expect, it } from 'vitest';
import {
  cellKey,
  EMPTY,
  rangeOf,
  reduceSheet,
  rowsCutOff,
  selectedTexts,
  shownText,
  type Grid,
  type SheetAct,
  type SheetState,
} from './sheet-state.ts';

const ROWS = ['A', 'B', 'C', 'D'];
const grid: Grid = {
  rows: ROWS,
  columns: [
    { key: 'sku', isEditable: false },
    { key: 'count', isEditable: true },
    { key: 'reserved', isEditable: false },
    { key: 'low', isEditable: true },
  ],
  textOf: (row, column) => (column === 'sku' ? row : '1'),
};

const after = (...acts: readonly SheetAct[]): SheetState =>
  acts.reduce((state, act) => reduceSheet(grid, state, act), EMPTY);
const at = (row: number, column: number, extend = false): SheetAct => ({
  type: 'select',
  to: { row, column },
  extend,
});
const edits = (state: SheetState): object =>
  Object.fromEntries([...state.edits].map(([key, text]) => [key.replace('\t', '.'), text]));
const paste = (...cells: readonly (readonly string[])[]): SheetAct => ({ type: 'paste', cells });

describe('moving in a sheet', () => {
  it('stays within it, however far', () => {
    expect(after({ type: 'move', rows: -1, columns: -1 }).cursor).toEqual({ row: 0, column: 0 });
    expect(after({ type: 'move', rows: Number.MAX_SAFE_INTEGER, columns: 9 }).cursor).toEqual({
      row: 3,
      column: 3,
    });
  });

  it('takes the selection along, or extends it', () => {
    expect(rangeOf(after(at(1, 1), { type: 'move', rows: 1, columns: 0 }))).toEqual({
      top: 2,
      bottom: 2,
      left: 1,
      right: 1,
    });
    expect(rangeOf(after(at(2, 2), { type: 'move', rows: -1, columns: 1, extend: true }))).toEqual({
      top: 1,
      bottom: 2,
      left: 2,
      right: 3,
    });
  });

  it('selects everything', () => {
    expect(rangeOf(after({ type: 'select all' }))).toEqual({ top: 0, bottom: 3, left: 0, right: 3 });
  });
});

describe('editing a cell', () => {
  it('begins with its text, or with what was typed', () => {
    expect(after(at(0, 1), { type: 'edit' }).draft).toBe('1');
    expect(after(at(0, 1), { type: 'edit', text: '7' }).draft).toBe('7');
  });

  it('is not possible where the column is fixed', () => {
    expect(after(at(0, 0), { type: 'edit' }).draft).toBeUndefined();
  });

  it('ends with a change, and moves on', () => {
    const state = after(
      at(0, 1),
      { type: 'edit', text: '7' },
      { type: 'type', text: ' 75 ' },
      { type: 'commit', rows: 1, columns: 0 },
    );
    expect(edits(state)).toEqual({ 'A.count': '75' });
    expect(state).toMatchObject({ cursor: { row: 1, column: 1 }, draft: undefined });
  });

  it('changes nothing when it is cancelled, or when the text is that before', () => {
    expect(edits(after(at(0, 1), { type: 'edit', text: '7' }, { type: 'cancel' }))).toEqual({});
    const same = after(at(0, 1), { type: 'edit' }, { type: 'commit', rows: 0, columns: 0 });
    expect(same).toMatchObject({ past: [] });
    expect(edits(same)).toEqual({});
  });

  it('back to the stored text is no change', () => {
    expect(edits(after(at(0, 1), paste(['5']), paste(['1'])))).toEqual({});
  });
});

describe('pasting', () => {
  it('puts cells down from the first one on, selects them, and leaves out fixed columns and what lies beyond', () => {
    const state = after(at(2, 1), paste(['5', 'x', '6'], ['7', 'y', '8'], ['9', 'z', '10']));
    expect(edits(state)).toEqual({ 'C.count': '5', 'C.low': '6', 'D.count': '7', 'D.low': '8' });
    expect(rangeOf(state)).toEqual({ top: 2, bottom: 3, left: 1, right: 3 });
  });

  it('fills the selection with one cell', () => {
    expect(edits(after(at(0, 1), at(2, 1, true), paste(['5'])))).toEqual({
      'A.count': '5',
      'B.count': '5',
      'C.count': '5',
    });
  });

  it.each([
    [2, 2, 0],
    [3, 2, 1],
    [0, 7, 3],
    [3, 1, 0],
  ])('from row %i on of %i rows leaves out %i', (row, count, cutOff) => {
    const cells = Array.from({ length: count }, () => ['7']);
    expect(rowsCutOff(grid, after(at(row, 1)), cells)).toBe(cutOff);
  });

  it('is one step to undo', () => {
    const state = after(at(0, 1), paste(['5'], ['6']), { type: 'undo' });
    expect(edits(state)).toEqual({});
    expect(edits(reduceSheet(grid, state, { type: 'redo' }))).toEqual({ 'A.count': '5', 'B.count': '6' });
  });

  it('names rows by their keys, so that another order changes nothing', () => {
    const state = after(at(0, 1), paste(['5']));
    const turned = { ...grid, rows: ROWS.toReversed() };
    expect(shownText(turned, state.edits, 'A', 'count')).toBe('5');
    expect(shownText(turned, state.edits, 'D', 'count')).toBe('1');
  });
});

describe('a selection', () => {
  it('is copied as it is shown', () => {
    expect(selectedTexts(grid, after(at(0, 1), paste(['5']), at(0, 0), at(1, 1, true)))).toEqual([
      ['A', '5'],
      ['B', '1'],
    ]);
  });

  it('is cleared in columns that can be edited', () => {
    expect(edits(after(at(0, 0), at(0, 3, true), { type: 'clear' }))).toEqual({ 'A.count': '', 'A.low': '' });
  });

  it('is filled with its first row', () => {
    expect(edits(after(at(0, 1), paste(['5']), at(0, 1), at(2, 1, true), { type: 'fill down' }))).toEqual({
      'A.count': '5',
      'B.count': '5',
      'C.count': '5',
    });
  });
});

describe('undo', () => {
  it('goes back step by step, and nowhere without a step', () => {
    const state = after(at(0, 1), paste(['5']), at(1, 1), paste(['6']));
    const once = reduceSheet(grid, state, { type: 'undo' });
    const twice = reduceSheet(grid, once, { type: 'undo' });
    expect([once, twice, reduceSheet(grid, twice, { type: 'undo' })].map(edits)).toEqual([
      { 'A.count': '5' },
      {},
      {},
    ]);
  });

  it('forgets what was undone with the next change', () => {
    const state = after(at(0, 1), paste(['5']), { type: 'undo' }, paste(['6']), { type: 'redo' });
    expect(edits(state)).toEqual({ 'A.count': '6' });
  });

  it('brings discarded changes back', () => {
    expect(edits(after(at(0, 1), paste(['5']), { type: 'discard' }, { type: 'undo' }))).toEqual({
      'A.count': '5',
    });
  });
});

describe('reverted cells', () => {
  it('have their stored texts again; others keep theirs, and there is a way back', () => {
    const cells = [cellKey('A', 'count'), cellKey('D', 'count')];
    const state = after(at(0, 1), paste(['5'], ['6']), { type: 'revert', cells });
    expect(edits(state)).toEqual({ 'B.count': '6' });
    expect(edits(reduceSheet(grid, state, { type: 'undo' }))).toEqual({ 'A.count': '5', 'B.count': '6' });
    expect(reduceSheet(grid, state, { type: 'revert', cells })).toBe(state);
  });
});

describe('stored cells', () => {
  it('are no changes any more; refused ones stay, and there is no way back before', () => {
    const state = after(
      at(0, 1),
      paste(['5'], ['6']),
      { type: 'stored', cells: [cellKey('A', 'count')] },
      { type: 'undo' },
    );
    expect(edits(state)).toEqual({ 'B.count': '6' });
  });
});

describe('other rows', () => {
  it('keep the cursor within them', () => {
    const state = after(at(3, 1), { type: 'edit', text: '5' });
    expect(reduceSheet({ ...grid, rows: ['B'] }, state, { type: 'rows changed' })).toMatchObject({
      cursor: { row: 0, column: 1 },
      anchor: { row: 0, column: 1 },
      draft: undefined,
    });
  });
});
