import type { StoredDocument } from '#kernel/documents.ts';
import { MINUTE } from '#kernel/clock.ts';

/** The exclusive right of a process to make a file, for a limited time. */
export interface Encoding extends StoredDocument {
  readonly owner: string;
  /** ISO 8601. */
  readonly until: string;
}

/** Longer than any variant takes. */
export const ENCODING_MS = MINUTE;

/** The right of `owner` from now on; undefined while another process has it. */
export const claim = (
  found: Encoding | undefined,
  id: string,
  owner: string,
  now: Date,
): Encoding | undefined => {
  if (found && found.owner !== owner && Date.parse(found.until) > now.getTime()) return undefined;
  const until = new Date(now.getTime() + ENCODING_MS).toISOString();
  return { id: found?.id ?? id, version: (found?.version ?? 0) + 1, owner, until };
};
