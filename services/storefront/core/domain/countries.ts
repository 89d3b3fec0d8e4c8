import type { Format } from './format.ts';

/** Countries to choose from, in the order of the alphabet. */
export const countriesOf = (
  codes: readonly string[],
  format: Format,
): readonly { readonly code: string; readonly name: string }[] =>
  codes
    .map((code) => ({ code, name: format.country(code) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
