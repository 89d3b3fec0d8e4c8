import { describe, expect, it } from 'vitest';
import { actOf, actWhileEditing } from './sheet-keys.ts';

const press = (key: string, ...held: readonly ('shift' | 'ctrl' | 'meta' | 'alt')[]) => ({
  key,
  shiftKey: held.includes('shift'),
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  altKey: held.includes('alt'),
});

describe('keys in a sheet', () => {
  it.each([
    [press('ArrowDown'), { rows: 1, columns: 0, extend: false }],
    [press('ArrowRight', 'shift'), { rows: 0, columns: 1, extend: true }],
    [press('ArrowUp', 'ctrl'), { rows: -Number.MAX_SAFE_INTEGER, columns: 0, extend: false }],
    [
      press('End', 'ctrl'),
      { rows: Number.MAX_SAFE_INTEGER, columns: Number.MAX_SAFE_INTEGER, extend: false },
    ],
    [press('Home'), { rows: 0, columns: -Number.MAX_SAFE_INTEGER, extend: false }],
  ])('%j moves', (key, move) => {
    expect(actOf(key)).toEqual({ type: 'move', ...move });
  });

  it.each([
    [press('z', 'ctrl'), { type: 'undo' }],
    [press('Z', 'ctrl', 'shift'), { type: 'redo' }],
    [press('y', 'ctrl'), { type: 'redo' }],
    [press('z', 'meta'), { type: 'undo' }],
    [press('a', 'ctrl'), { type: 'select all' }],
    [press('d', 'ctrl'), { type: 'fill down' }],
    [press('Delete'), { type: 'clear' }],
    [press('F2'), { type: 'edit' }],
    [press('7'), { type: 'edit', text: '7' }],
  ])('%j does %j', (key, act) => {
    expect(actOf(key)).toEqual(act);
  });

  it.each([
    press('Tab'),
    press('Escape'),
    press('c', 'ctrl'),
    press('v', 'ctrl'),
    press('s', 'ctrl'),
    press('x', 'alt'),
  ])('%j is left to the browser', (key) => {
    expect(actOf(key)).toBeUndefined();
  });

  it('end an edit downwards, sideways or not at all', () => {
    expect([press('Enter'), press('Tab', 'shift'), press('Escape'), press('7')].map(actWhileEditing)).toEqual(
      [
        { type: 'commit', rows: 1, columns: 0 },
        { type: 'commit', rows: 0, columns: -1 },
        { type: 'cancel' },
        undefined,
      ],
    );
  });
});
