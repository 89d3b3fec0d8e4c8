import { describe, expect, it } from 'vitest';
import { makeSynonyms } from './synonyms.ts';

const synonyms = makeSynonyms([
  ['sofa', 'couch', 'Settees'],
  ['record player', 'turntable'],
  ['player', 'gamer'],
  ['couch', 'daybed'],
]);

describe('synonyms', () => {
  it('are the members of the group, in the singular', () => {
    expect(synonyms.find(['red', 'settee'], 1)).toEqual({
      length: 1,
      members: [['sofa'], ['couch'], ['settee']],
    });
  });

  it('are those of all groups that a word is in', () => {
    expect(synonyms.find(['couch'], 0)?.members).toEqual([['sofa'], ['couch'], ['settee'], ['daybed']]);
  });

  it('may have several words, the longest first', () => {
    const words = ['record', 'player', 'stand'];
    expect(synonyms.find(words, 0)).toEqual({ length: 2, members: [['record', 'player'], ['turntable']] });
    expect(synonyms.find(words, 1)?.members).toEqual([['player'], ['gamer']]);
    expect(synonyms.find(words, 2)).toBeUndefined();
  });

  it('are guessed if one of their words has a typing error', () => {
    expect(synonyms.guess(['cuoch'], 0)?.members).toContainEqual(['sofa']);
    expect(synonyms.guess(['record', 'plyer'], 0)).toEqual({
      length: 2,
      members: [['record', 'player'], ['turntable']],
    });
  });

  it('are not guessed if nothing is misspelt, or too much', () => {
    expect(synonyms.guess(['couch'], 0)).toBeUndefined();
    expect(synonyms.guess(['cuohc'], 0)).toBeUndefined();
    expect(synonyms.guess(['record'], 0)).toBeUndefined();
  });

  it('need groups', () => {
    expect(makeSynonyms([]).find(['couch'], 0)).toBeUndefined();
    expect(makeSynonyms([]).guess(['couch'], 0)).toBeUndefined();
  });
});
