import { after, HOUR } from '#kernel/clock.ts';
import type { StoredDocument } from '#kernel/documents.ts';
import { err, ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { SizeLimit } from './purpose.ts';

interface Entry {
  readonly bytes: number;
  /** Whether something refers to it. */
  readonly isUsed: boolean;
  /** ISO 8601; of an upload that has begun: how long it has its place. */
  readonly until?: string;
}

/** The media that a user has uploaded for themselves. Its name is the user's ID. */
export interface Library extends StoredDocument {
  readonly ownerId: string;
  /** By ID of the media. */
  readonly entries: Readonly<Record<string, Entry>>;
}

/** How much a customer may have. */
export interface Quota {
  readonly files: number;
  /** Files to which nothing refers, and uploads that have begun. */
  readonly unused: number;
  /** Of all files. */
  readonly bytes: number;
}

export const UNLIMITED: Quota = { files: Infinity, unused: Infinity, bytes: Infinity };

export type QuotaExceeded = Refusal<'MEDIA_QUOTA_EXCEEDED'>;

/** Longer than any upload takes. */
const UPLOAD_MS = HOUR;

export const emptyLibrary = (id: string, ownerId: string): Library => ({
  id,
  version: 0,
  ownerId,
  entries: {},
});

const bytesOf = (entries: readonly Entry[]): number => entries.reduce((sum, { bytes }) => sum + bytes, 0);

/** Room for one more file: a larger one is refused. */
export const roomIn = ({ entries }: Library, { bytes }: Quota): SizeLimit<'MEDIA_QUOTA_EXCEEDED'> => ({
  bytes: bytes - bytesOf(Object.values(entries)),
  refusal: {
    code: 'MEDIA_QUOTA_EXCEEDED',
    detail: `Your files may have at most ${bytes} bytes in all. Delete some first.`,
  },
});

/** Gives an upload a place before its size is known. Places of uploads that have ended without a word are free again. */
export const begin = (
  library: Library,
  mediaId: string,
  quota: Quota,
  now: Date,
): Result<Library, QuotaExceeded> => {
  const entries = Object.entries(library.entries).filter(
    ([, { until }]) => until === undefined || Date.parse(until) > now.getTime(),
  );
  if (entries.length >= quota.files)
    return refuse('MEDIA_QUOTA_EXCEEDED', `You may have at most ${quota.files} files. Delete some first.`);
  if (entries.filter(([, { isUsed }]) => !isUsed).length >= quota.unused)
    return refuse(
      'MEDIA_QUOTA_EXCEEDED',
      `You may have at most ${quota.unused} files that you do not use. Use or delete some first.`,
    );
  const room = roomIn(library, quota);
  if (room.bytes <= 0) return err(room.refusal);
  const place = { bytes: 0, isUsed: false, until: after(now, UPLOAD_MS).toISOString() };
  return ok({ ...library, entries: { ...Object.fromEntries(entries), [mediaId]: place } });
};

/** Enters a file of known size. The same library if it has the file. */
export const enter = (
  library: Library,
  mediaId: string,
  bytes: number,
  quota: Quota,
): Result<Library, QuotaExceeded> => {
  const found = library.entries[mediaId];
  if (found && found.until === undefined) return ok(library);
  const room = roomIn(library, quota);
  if (bytes > room.bytes) return err(room.refusal);
  return ok({ ...library, entries: { ...library.entries, [mediaId]: { bytes, isUsed: false } } });
};

/** Notes whether something refers to a file. */
export const markUsed = (library: Library, mediaId: string, isUsed: boolean): Library => {
  const found = library.entries[mediaId];
  if (!found || found.isUsed === isUsed) return library;
  return { ...library, entries: { ...library.entries, [mediaId]: { ...found, isUsed } } };
};

/** Removes a file, or an upload that has ended. */
export const leave = (library: Library, mediaId: string): Library => {
  const { [mediaId]: found, ...entries } = library.entries;
  return found ? { ...library, entries } : library;
};

/** Takes back the place of an upload that was not stored. */
export const giveUp = (library: Library, mediaId: string): Library =>
  library.entries[mediaId]?.until === undefined ? library : leave(library, mediaId);
