import { describe, expect, it } from 'vitest';
import { completes, completionKey, presentable } from './popular-query.ts';

describe('a query that others may see', () => {
  it.each([
    ['  Desk   LAMP ', 'desk lamp'],
    ['T-Shirt', 't-shirt'],
    ["Men's shoes", "men's shoes"],
    ['salt & pepper', 'salt & pepper'],
    ['13.3" laptop 16 GB', '13.3" laptop 16 gb'],
    ['A4 paper', 'a4 paper'],
    ['größe', 'größe'],
  ])('is in lower case, with single spaces: %j', (query, shown) => {
    expect(presentable(query)).toBe(shown);
  });

  it.each([
    ...['', ' ', '!', 'lamp!', 'lamp ☠', '<b>lamp</b>', 'lamp.it', 'http://lamp', 'lamp/', '--lamp', "lam'p"],
    ...['jo@example.com', '555 123 4567', '+49 30 1234', '123456', 'AER14', 'nvr-aer14', 'lam\u0336p'],
    ...['a b c d e f g', 'x'.repeat(61), `lamp${' '.repeat(100)}`],
  ])('has nothing that a search ignores or that names a person or a SKU: %j', (query) => {
    expect(presentable(query)).toBeUndefined();
  });
});

describe('a completion', () => {
  it.each(['de', 'desk', 'desk ', 'desk l', 'LA', 'lam', ' lam'])(
    'begins the query or a word: %j',
    (typed) => {
      expect(completes(completionKey('desk lamp'), completionKey(typed))).toBe(true);
    },
  );

  it.each(['desk lamp', 'desk lamp ', 'esk', 'desk lamps', 'lamp desk', 'desk-'])(
    'is not the query itself or another: %j',
    (typed) => {
      expect(completes(completionKey('desk lamp'), completionKey(typed))).toBe(false);
    },
  );

  it('needs no accents', () => {
    expect(completes(completionKey('café table'), completionKey('caf'))).toBe(true);
    expect(completes(completionKey('café table'), completionKey('cafe T'))).toBe(true);
  });
});
