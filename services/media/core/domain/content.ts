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
  isStored: false,
});

export const hold = ({ unusedSince: _, ...content }: Content): Content => ({
  ...content,
  version: content.version + 1,
  holders: content.holders + 1,
});

export const letGo = (content: Content, now: Date): Content => {
  const holders = content.holders - 1;
  return {
    ...content,
    version: content.version + 1,
    holders,
    ...(holders === 0 && { unusedSince: now.toISOString() }),
  };
};

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

/** Whether clients may have its files. */
export const isServed = ({ holders, isStored }: Content): boolean => isStored && holders > 0;

/** The record of a file that had none, so that it is removed. */
export const stray = (id: string, sha256: string, ending: string): Content => ({
  ...newContent(id, { sha256, ending, type: 'application/octet-stream', kind: 'picture', bytes: 0 }),
  holders: 0,
  unusedSince: new Date(0).toISOString(),
  isLeaving: true,
});
