/** An event as a consumer met it. */
export interface Met {
  readonly key: string;
  /** Rises with each event of its key. */
  readonly version: number;
}

/** Events that came after a later one of their key. One that comes again, as after a crash, is no inversion. */
export const inversionsIn = (met: Iterable<Met>): number => {
  const newest = new Map<string, number>();
  const seen = new Set<string>();
  let inversions = 0;
  for (const { key, version } of met) {
    const name = `${key} ${version}`;
    const last = newest.get(key) ?? -Infinity;
    if (version < last && !seen.has(name)) inversions += 1;
    seen.add(name);
    newest.set(key, Math.max(last, version));
  }
  return inversions;
};
