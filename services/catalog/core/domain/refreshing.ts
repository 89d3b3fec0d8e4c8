/** A document that products have copies of. */
export interface Refreshing {
  /** Counts changes by staff from 1; the document's version also counts the progress of refreshes. */
  readonly edition: number;
  /** Present while products have outdated copies. */
  readonly refresh?: Refresh | undefined;
  /** It is removed when its refresh ends. */
  readonly isDeleted?: true | undefined;
}

export interface Refresh {
  /** The last product that was refreshed, in the order of IDs; empty before the first. */
  readonly after: string;
}
