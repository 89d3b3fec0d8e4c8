import type { StoredDocument } from '#kernel/documents.ts';
import type { Purpose } from './purpose.ts';

/** Something that refers to media, such as a review or a user: its `id` is that of the review or the user. */
export interface Holder extends StoredDocument {
  /** The version that said so: the highest wins, whatever the order of the events. */
  readonly seen: number;
  readonly mediaIds: readonly string[];
}

/** What a holder says about itself. */
export interface Holding {
  readonly holderId: string;
  readonly version: number;
  readonly ownerId: string;
  readonly mediaIds: readonly string[];
  /** The only one that the media may have. */
  readonly purpose: Purpose;
  /** Whether it shows the media to everyone. */
  readonly isPublic: boolean;
}

/** The holder after it said something; undefined if it said something newer before. */
export const heldNow = (found: Holder | undefined, said: Holding): Holder | undefined =>
  found && found.seen >= said.version
    ? undefined
    : { id: said.holderId, version: (found?.version ?? 0) + 1, seen: said.version, mediaIds: said.mediaIds };
