/**
 * A JSON pointer, below `at`, to the first part of `value` that no store accepts: a text with NUL or half a surrogate pair, or a
 * number that is not finite, such as `1e400`. Undefined if all can be stored.
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
