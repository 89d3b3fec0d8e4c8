import { readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/** A file of the project. */
export const textOf = (file: string): string => readFileSync(new URL(file, ROOT), 'utf8');

/** The group of a pattern's first match in a file; throws if it is no longer there. */
export const find = (file: string, pattern: RegExp): string => {
  const found = pattern.exec(textOf(file))?.[1];
  if (found === undefined) throw new Error(`${file} no longer has ${String(pattern)}`);
  return found;
};

/** The same of a number, such as `1,870`. */
export const findNumber = (file: string, pattern: RegExp): number => {
  const text = find(file, pattern);
  const value = Number(text.replaceAll(',', ''));
  if (Number.isNaN(value)) throw new Error(`${file}: ${text} is no number`);
  return value;
};
