/** The neighbour of an item in the queue; the first or last where there is none. */
export const neighbourOf = (
  ids: readonly string[],
  id: string | undefined,
  step: 1 | -1,
): string | undefined => {
  const at = id === undefined ? -1 : ids.indexOf(id);
  if (at < 0) return ids[0];
  return ids[Math.max(0, Math.min(ids.length - 1, at + step))];
};
