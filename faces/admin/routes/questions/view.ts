export const VIEWS = ['moderator', 'answer'] as const;

/** What the queue shows, as it is in the URL; the default is left out. */
export interface QuestionsView {
  /** What the questions wait for. */
  readonly view?: Exclude<(typeof VIEWS)[number], 'moderator'> | undefined;
  /** The question that is looked at. */
  readonly id?: string | undefined;
}

export const parseQuestionsView = ({ view, id }: Record<string, unknown>): QuestionsView => ({
  ...(view === 'answer' ? { view } : {}),
  ...(typeof id === 'string' && id !== '' ? { id } : {}),
});
