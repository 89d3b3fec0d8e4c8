import { createHash } from 'node:crypto';
import type { SecurityLog, SecurityNote } from '#adapters/observability/security-log.ts';
import { normalizeEmail } from '../../core/domain/email.ts';

/** A principal, as named in logs. */
export const actorOf = (userId: string): string => `user:${userId}`;

/** Identifies attempts on one account without its e-mail address. */
export const accountOf = (email: string): { readonly account: string } => ({
  account: createHash('sha256').update(normalizeEmail(email)).digest('base64url').slice(0, 16),
});

/** A password that was wrong, or refused unchecked after too many attempts. */
export const noteFailedProof = (security: SecurityLog, code: string, note: SecurityNote): void => {
  security.note(code === 'TOO_MANY_ATTEMPTS' ? 'login_throttled' : 'login_failed', note);
};
