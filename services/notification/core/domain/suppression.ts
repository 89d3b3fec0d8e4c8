import type { StoredDocument } from '#kernel/documents.ts';

export const COMPLAINTS = ['hard_bounce', 'complaint'] as const;

/** An address that mails do not reach, or whose owner called one spam. */
export interface Suppression extends StoredDocument {
  readonly email: string;
  readonly reason: (typeof COMPLAINTS)[number];
  /** ISO 8601. */
  readonly since: string;
}
