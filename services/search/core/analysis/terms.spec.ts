import { describe, expect, it } from 'vitest';
import { stemsOf, termsOf } from './terms.ts';

describe('the terms of a text', () => {
  it.each([
    ['case and accents do not matter', 'Crème BRÛLÉE', ['creme', 'brulee']],
    [
      'letters with a stroke or a ligature are spelt out',
      'Smørrebrød Œuvre Straße',
      ['smorrebrod', 'oeuvre', 'strasse'],
    ],
    ['apostrophes disappear', 'Kids’ d’Azur', ['kid', 'dazur']],
    ['a hyphenated word is also one word', 'T-shirt', ['t', 'shirt', 'tshirt']],
    ['a number and its unit are also apart', '512GB', ['512gb', '512', 'gb']],
    ['a space before the unit changes nothing but that', '512 GB', ['512', 'gb']],
    ['thousands have no separator', '20,000 mm', ['20000', 'mm']],
    ['inches are a word', '14"', ['14', 'inch']],
    ['a degree is celsius, a percent sign a word', '60 °C, 72 %', ['60', 'celsius', '72', 'percent']],
    ['sizes are numbers', '140×200', ['140', 'x', '200']],
    ['plurals are in the singular', 'sofas', ['sofa']],
    ['words that only look like plurals stay', 'wireless glass canvas', ['wireless', 'glass', 'canvas']],
    ['each term is there once', 'Lamp, lamps', ['lamp']],
    ['there are none without letters and digits', ' –?! ', []],
  ])('%s', (_, text, terms) => {
    expect(termsOf(text)).toEqual(terms);
  });

  it.each([
    ['knives', 'knife'],
    ['shelves', 'shelf'],
    ['watches', 'watch'],
    ['children', 'child'],
  ])('%s are found under their singular, and as they are in case they are misspelt', (plural, singular) => {
    expect(termsOf(plural)).toEqual([singular, plural]);
  });
});

describe('the stems of a text', () => {
  it('are its words in the singular, in order, each time they occur', () => {
    expect(stemsOf('Knives and boards and knives')).toEqual(['knife', 'and', 'board', 'and', 'knife']);
  });
});
