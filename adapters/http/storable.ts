/**
 * Where in `value` the first part stands that no store takes: a text with a NUL or with half a surrogate pair, or a number that
 * is not finite, as `1e400` and `Infinity` become on their way in. A JSON pointer below `at`; undefined when all can be stored.
 */
export const unstorable = (value: unknown, at = ''): string | undefined => {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? at : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : at;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = unstorable(key, at) ?? unstorable(part, `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
};
