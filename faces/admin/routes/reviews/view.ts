export const VIEWS = ['waiting', 'approved', 'rejected'] as const;

/** What the queue shows, as it is in the URL; the default is left out. */
export interface ReviewsView {
  readonly view?: Exclude<(typeof VIEWS)[number], 'waiting'> | undefined;
  /** The review that is looked at. */
  readonly id?: string | undefined;
}

export const parseReviewsView = ({ view, id }: Record<string, unknown>): ReviewsView => ({
  ...(view === 'approved' || view === 'rejected' ? { view } : {}),
  ...(typeof id === 'string' && id !== '' ? { id } : {}),
});

/** The neighbour of a review in the queue; the first or last where there is none. */
export const neighbourOf = (
  ids: readonly string[],
  id: string | undefined,
  step: 1 | -1,
): string | undefined => {
  const at = id === undefined ? -1 : ids.indexOf(id);
  if (at < 0) return ids[0];
  return ids[Math.max(0, Math.min(ids.length - 1, at + step))];
};
