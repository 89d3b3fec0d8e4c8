import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Texts = { readonly [key: string]: string | Texts };

const read = (file: string): Texts =>
  JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Texts;

/** Each text by its whole key. */
const flat = (texts: Texts, above = ''): readonly (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[above + key, value] as const] : flat(value, `${above}${key}.`),
  );

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort();

const files = (pattern: string): readonly string[] => globSync(pattern, { cwd: import.meta.dirname });
const english = files('en/*.json').flatMap((file) => flat(read(file)));

it('a text of English is in one file', () => {
  expect(new Set(english.map(([key]) => key)).size).toBe(english.length);
});

describe.each(files('*.json'))('the language of %s', (file) => {
  const texts = new Map(flat(read(file)));

  it('has the texts of English', () => {
    expect([...texts.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  });

  it('fills in the same values', () => {
    for (const [key, text] of english)
      expect([key, placeholders(texts.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  });
});
