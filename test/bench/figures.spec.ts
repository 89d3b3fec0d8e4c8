import { describe, expect, it } from 'vitest';
import { isMet, ratioOf, type Figure } from './figures.ts';

const figure = (changes: Partial<Figure> = {}): Figure => ({ what: 'it', value: 30, unit: '/s', ...changes });
const floor = { what: 'the least', value: 40 };

describe('an aim', () => {
  it('is about the ratio if there is a floor', () => {
    expect(ratioOf(figure({ floor }))).toBe(0.75);
    expect(isMet(figure({ floor, aim: { atLeast: 0.75 } }))).toBe(true);
    expect(isMet(figure({ floor, aim: { atLeast: 0.76 } }))).toBe(false);
  });

  it('is about the figure itself if there is no floor', () => {
    expect(ratioOf(figure())).toBeUndefined();
    expect(isMet(figure({ aim: { atMost: 30 } }))).toBe(true);
    expect(isMet(figure({ aim: { atMost: 29 } }))).toBe(false);
  });

  it('is neither met nor missed if it is not set', () => {
    expect(isMet(figure({ floor }))).toBeUndefined();
  });

  it('is missed by a figure that could not be measured', () => {
    expect(isMet(figure({ value: NaN, aim: { atMost: 30 } }))).toBe(false);
    expect(isMet(figure({ value: NaN, floor, aim: { atLeast: 0.5 } }))).toBe(false);
  });
});
