/**
 * A JSON pointer to the first part of `value` that no store accepts: a text with NUL or half a surrogate pair, or a number that is
 * not finite, such as `1e400`. Undefined if all can be stored; only then no text is made.
 */
export const unstorable = (value: unknown): string | undefined => {
  if (typeof value === 'string') return isStorable(value) ? undefined : '';
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : '';
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    if (!isStorable(key)) return '';
    const below = unstorable(part);
    if (below !== undefined) return `/${key}${below}`;
  }
  return undefined;
};

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
