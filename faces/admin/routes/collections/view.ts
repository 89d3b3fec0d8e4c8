/** What the list shows, as it is in the URL. */
export interface CollectionsView {
  readonly after?: string | undefined;
}

export const parseCollectionsView = ({ after }: Record<string, unknown>): CollectionsView =>
  typeof after === 'string' && after !== '' ? { after } : {};
