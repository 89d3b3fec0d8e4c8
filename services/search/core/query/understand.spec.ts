import { describe, expect, it } from 'vitest';
import { MOST_SLOTS, type Alternative, type Plan } from './plan.ts';
import { makeSynonyms } from './synonyms.ts';
import { levelsOf, planOf, readWith, termsIn, understand, type Level } from './understand.ts';

const SYNONYMS = makeSynonyms([
  ['sofa', 'couch'],
  ['tv stand', 'television table'],
]);

/** The plan for a query where some terms occur in so many of 1,000 products. */
const plan = (query: string, known: Readonly<Record<string, number>> = {}, level: Level = 'all'): Plan => {
  const understood = understand(query, SYNONYMS);
  const reading = readWith(understood, { of: new Map(Object.entries(known)), documents: 1_000 });
  return planOf(understood, reading, level, []);
};
const said = ({ terms, edits, isPrefix }: Alternative): string =>
  `${terms.join('+')}${isPrefix ? '*' : ''}${'~'.repeat(edits)}`;
const alternatives = (found: Plan): string[][] => found.slots.map((slot) => slot.alternatives.map(said));

const KNOWN = { red: 100, sofa: 40, couch: 10, desk: 4, oak: 60, '512': 300 };

describe('a query', () => {
  it('has a slot for each word that says something, which all must match', () => {
    const found = plan('the red desk for me', KNOWN);
    expect(found.slots.map(({ alternatives: [first] }) => first?.terms)).toEqual([['red'], ['desk']]);
    expect(found.required).toBe(2);
  });

  it('of words that say nothing is taken literally', () => {
    expect(plan('what if', { what: 1, if: 1 }).slots).toHaveLength(2);
  });

  it('that is very long has its first words only', () => {
    expect(plan('a1 b2 '.repeat(30)).slots).toHaveLength(MOST_SLOTS);
  });

  it('without words has no slot', () => {
    expect(plan('?!').slots).toEqual([]);
  });

  it('finds a number and its unit together or apart', () => {
    expect(alternatives(plan('512gb', { '512gb': 1 }))).toEqual([['512gb', '512+gb']]);
  });

  it('also finds a hyphenated word as one', () => {
    expect(alternatives(plan('t-shirt', { tshirt: 1 }))).toEqual([['t+shirt', 'tshirt']]);
  });

  it('finds neighbours written as one word', () => {
    expect(alternatives(plan('sun glasses', { sunglass: 1 }))).toEqual([
      ['sun', 'sunglass'],
      ['glass', 'sunglass'],
    ]);
  });

  it('finds synonyms, of which what was said weighs most', () => {
    const [, slot] = plan('red couch', KNOWN).slots;
    expect(slot?.alternatives.slice(0, 2)).toMatchObject([
      { terms: ['sofa'], weight: 0.9 },
      { terms: ['couch'], weight: 1 },
    ]);
  });

  it('finds synonyms of several words while its other words must match', () => {
    const found = plan('oak television tables', { ...KNOWN, tv: 3, stand: 3 });
    expect(alternatives(found)[1]).toEqual(['tv+stand', 'television+table']);
    expect(found.required).toBe(2);
  });

  it('weighs rare words and numbers more than frequent words', () => {
    expect(plan('red sofa desk 512', KNOWN).slots.map(({ weight }) => weight)).toEqual([1, 2, 3, 3]);
  });

  it('asks for the frequencies of all its terms, each once', () => {
    expect(termsIn(understand('couch couch', SYNONYMS))).toEqual(['sofa', 'couch', 'couchcouch']);
  });
});

describe('an unknown word', () => {
  it('may be unfinished or misspelt, by one letter from 4, two from 8', () => {
    expect(alternatives(plan('lmap'))).toEqual([['lmap', 'lmap*', 'lmap~']]);
    expect(alternatives(plan('armchiar'))).toEqual([['armchiar', 'armchiar*', 'armchiar~~']]);
    expect(alternatives(plan('mgu'))).toEqual([['mgu', 'mgu*']]);
  });

  it('may be a misspelt plural', () => {
    expect(alternatives(plan('scisors'))).toEqual([['scisor', 'scisor*', 'scisor~', 'scisors~']]);
  });

  it('may begin like another form of a word', () => {
    expect(alternatives(plan('pruning'))[0]).toContain('prun*');
    expect(alternatives(plan('prune'))[0]).toContain('prun*');
  });

  it('may be a misspelt synonym', () => {
    expect(alternatives(plan('cuoch'))[0]).toEqual(expect.arrayContaining(['sofa', 'couch']));
    expect(alternatives(plan('televsion table'))[0]).toContain('tv+stand');
  });

  it('with a digit is never guessed', () => {
    expect(alternatives(plan('5000mah'))).toEqual([['5000mah', '5000+mah']]);
  });
});

describe('the levels of a query', () => {
  const levels = (query: string, sort: 'relevance' | 'price_asc' = 'relevance'): Level[] =>
    levelsOf(understand(query, SYNONYMS), sort);

  it('go from all words to typing errors to any word', () => {
    expect(levels('red desk')).toEqual(['all', 'typos', 'any']);
    expect(levels('desk')).toEqual(['all', 'typos']);
  });

  it('begin with a SKU if it may be one', () => {
    expect(levels('NVR-AER14')[0]).toBe('sku');
    expect(plan('NVR-AER14', {}, 'sku').onlySku).toBe('nvraer14');
  });

  it('begin without descriptions if the order is not by relevance', () => {
    expect(levels('desk', 'price_asc')).toEqual(['strong', 'all', 'typos']);
    expect(plan('desk', KNOWN, 'strong').fields).not.toContain('description');
  });

  it('allow typing errors in known words at one level only', () => {
    expect(alternatives(plan('desk', KNOWN, 'all'))).toEqual([['desk']]);
    expect(alternatives(plan('desk', KNOWN, 'typos'))).toEqual([['desk', 'desk*', 'desk~']]);
    expect(plan('red desk', KNOWN, 'any')).toMatchObject({ required: 1 });
    expect(alternatives(plan('desk', KNOWN, 'any'))).toEqual([['desk']]);
  });
});
