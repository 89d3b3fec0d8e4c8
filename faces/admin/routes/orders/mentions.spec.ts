import { describe, expect, it } from 'vitest';
import { completed, mentionsIn, typedBefore } from './mentions.ts';

const OTTO = { user_id: 'u-1', name: 'Otto Orders' };
const ADA = { user_id: 'u-2', name: 'Ada Admin' };

describe('a mention', () => {
  it.each([
    ['@', ''],
    ['Please, @ot', 'ot'],
    ['First line\n@Jürgen', 'Jürgen'],
    ['sam@example', undefined],
    ['@otto ', undefined],
    ['no name', undefined],
  ])('is typed in %j', (text, name) => {
    expect(typedBefore(text, text.length)).toBe(name);
  });

  it('is what is before the caret', () => {
    expect(typedBefore('@ot, please', 3)).toBe('ot');
    expect(typedBefore('@ot, please', 4)).toBeUndefined();
  });

  it('is completed, with the caret after it', () => {
    expect(completed('Hi @ot, call', 6, OTTO)).toEqual({ text: 'Hi @Otto Orders , call', caret: 16 });
  });

  it('counts once, as long as the name is in the text', () => {
    expect(mentionsIn('@Otto Orders and @Otto Orders', [OTTO, ADA, OTTO])).toEqual(['u-1']);
  });
});
