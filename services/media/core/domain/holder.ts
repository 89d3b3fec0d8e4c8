import type { StoredDocument } from '#kernel/documents.ts';

/** Something that refers to media, such as a review: its `id` is that of the review. */
export interface Holder extends StoredDocument {
  /** The version of the review that said so: the highest wins, whatever the order of the events. */
  readonly seen: number;
  readonly mediaIds: readonly string[];
}

/** What a holder says about itself. */
export interface Holding {
  readonly holderId: string;
  readonly version: number;
  readonly ownerId: string;
  readonly mediaIds: readonly string[];
}

/** The holder after it said something; undefined if it said something newer before. */
export const heldNow = (found: Holder | undefined, said: Holding): Holder | undefined =>
  found && found.seen >= said.version
    ? undefined
    : { id: said.holderId, version: (found?.version ?? 0) + 1, seen: said.version, mediaIds: said.mediaIds };
