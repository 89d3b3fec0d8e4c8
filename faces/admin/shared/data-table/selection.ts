/** Rows that are chosen, by key. */
export type Chosen = ReadonlySet<string>;

/** With some rows chosen, or no longer chosen. */
export const choose = (before: Chosen, keys: readonly string[], isChosen: boolean): Chosen =>
  isChosen ? new Set([...before, ...keys]) : new Set([...before].filter((key) => !keys.includes(key)));

/** The keys from one row to another, both included, in either direction; only the latter if the former is not there. */
export const keysBetween = (
  keys: readonly string[],
  from: string | undefined,
  to: string,
): readonly string[] => {
  const [start, end] = [from === undefined ? -1 : keys.indexOf(from), keys.indexOf(to)];
  return start < 0 || end < 0 ? [to] : keys.slice(Math.min(start, end), Math.max(start, end) + 1);
};
