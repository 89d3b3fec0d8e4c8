import type { StoredDocument } from '#kernel/documents.ts';
import type { FileType } from './file-type.ts';

/** What is known about a file. */
export interface Facts extends FileType {
  readonly sha256: string;
  readonly bytes: number;
  /** Pixels of the upright picture; absent for what is no picture. */
  readonly width?: number;
  readonly height?: number;
  /** A blurred picture of a few pixels, as a data URL. */
  readonly placeholder?: string;
  /** The dominant colour: `#a0b0c0`. */
  readonly colour?: string;
}

/**
 * A file that is stored once, however many media have it; its name is its checksum. It is written before the file, and removed
 * after it, so that no file is without it.
 */
export interface Content extends StoredDocument, Facts {
  /** How many media have it. */
  readonly holders: number;
  /** How many public media have it: without one, its files need signed URLs. */
  readonly shown: number;
  /** ISO 8601; since when it is no longer public, until caches have been told. */
  readonly hiddenSince?: string;
  /** Whether the file is in the blob store. */
  readonly isStored: boolean;
  /** ISO 8601; since when no media has it. */
  readonly unusedSince?: string;
  /** Whether its files are being removed: nothing may hold it again. */
  readonly isLeaving?: boolean;
}

export const newContent = (id: string, facts: Facts): Content => ({
  id,
  version: 1,
  ...facts,
  holders: 1,
  shown: 0,
  isStored: false,
});

/** How many media more, or fewer, have a content. */
export interface Recount {
  readonly holders?: number;
  readonly shown?: number;
}

/** Counts media that got or lost a content, or that became public or stopped being so. */
export const recounted = (content: Content, by: Recount, now: Date): Content => {
  const { unusedSince = now.toISOString(), hiddenSince, ...rest } = content;
  const [holders, shown] = [content.holders + (by.holders ?? 0), content.shown + (by.shown ?? 0)];
  const hidden = content.shown > 0 ? now.toISOString() : hiddenSince;
  return {
    ...rest,
    version: content.version + 1,
    holders,
    shown,
    ...(holders === 0 && { unusedSince }),
    ...(shown === 0 && hidden !== undefined && { hiddenSince: hidden }),
  };
};

/** Caches no longer have its files. */
export const purged = ({ hiddenSince: _, ...content }: Content): Content => ({
  ...content,
  version: content.version + 1,
});

export const stored = (content: Content): Content => ({
  ...content,
  version: content.version + 1,
  isStored: true,
});

export const leaving = (content: Content): Content => ({
  ...content,
  version: content.version + 1,
  isLeaving: true,
});

/** Whether there are files that clients may have. */
export const isServed = ({ holders, isStored }: Content): boolean => isStored && holders > 0;

/** Whether everyone may have them. */
export const isShown = ({ shown }: Content): boolean => shown > 0;

/** The record of a file that had none, so that it is removed. */
export const stray = (id: string, sha256: string, ending: string): Content => ({
  ...newContent(id, { sha256, ending, type: 'application/octet-stream', kind: 'picture', bytes: 0 }),
  holders: 0,
  unusedSince: new Date(0).toISOString(),
  isLeaving: true,
});
