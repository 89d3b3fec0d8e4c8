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
