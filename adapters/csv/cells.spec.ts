import { expect, it } from 'vitest';
import { csvLine, guarded, unguarded } from './cells.ts';

it('cells are quoted where a separator, a quote, a line break or a blank would be lost', () => {
  expect(csvLine(['a', 'b;c', 'd"e', ' f', 'g\nh', 'i,j'], ';')).toBe('a;"b;c";"d""e";" f";"g\nh";i,j\n');
});

it.each(['=1+1', '+1', '-1', '@a', "'=1"])('a spreadsheet does not run %s', (cell) => {
  expect(guarded(cell)).toBe(`'${cell}`);
  expect(unguarded(guarded(cell))).toBe(cell);
});
