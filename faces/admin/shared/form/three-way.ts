/** Texts by field; a field that is missing does not exist, such as that of a removed row. */
export type Fields = ReadonlyMap<string, string>;

export interface Conflict {
  readonly field: string;
  readonly base: string | undefined;
  readonly mine: string | undefined;
  readonly theirs: string | undefined;
}

export interface Merge {
  /** What only one side has changed, taken from that side; conflicts as they are on my side. */
  readonly merged: Fields;
  /** What both have changed, and differently. */
  readonly conflicts: readonly Conflict[];
}

/** Merges two changes of the same state. */
export const mergeThreeWay = (base: Fields, mine: Fields, theirs: Fields): Merge => {
  const merged = new Map<string, string>();
  const conflicts: Conflict[] = [];
  for (const field of new Set([...theirs.keys(), ...mine.keys(), ...base.keys()])) {
    const [before, own, other] = [base.get(field), mine.get(field), theirs.get(field)];
    if (own !== before && other !== before && own !== other)
      conflicts.push({ field, base: before, mine: own, theirs: other });
    const value = own === before ? other : own;
    if (value !== undefined) merged.set(field, value);
  }
  return { merged, conflicts };
};

/** Decides conflicts: the fields in `theirs` as they are there, the others stay. */
export const withTheirs = (
  merged: Fields,
  conflicts: readonly Conflict[],
  chosen: ReadonlySet<string>,
): Fields => {
  const result = new Map(merged);
  for (const { field, theirs } of conflicts)
    if (chosen.has(field)) {
      if (theirs === undefined) result.delete(field);
      else result.set(field, theirs);
    }
  return result;
};
