/**
 * Where in `value` the first text stands that no store takes: with a NUL, or with half a surrogate pair.
 * A JSON pointer below `at`; undefined when all of it can be stored.
 */
export const unstorable = (value: unknown, at = ''): string | undefined => {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? at : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = unstorable(key, at) ?? unstorable(part, `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
};
