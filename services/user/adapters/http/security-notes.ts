import { createHash } from 'node:crypto';
import type { SecurityLog, SecurityNote } from '#adapters/observability/security-log.ts';
import { err, type Err, type Refusal } from '#kernel/result.ts';
import { normalizeEmail } from '#kernel/email.ts';

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

/** A code that was wrong after the right password, or refused unchecked. Returns the refusal for the client. */
export const noteFailedFactor = <Code extends string>(
  security: SecurityLog,
  { userId, ...refusal }: Refusal<Code> & { readonly userId?: string },
  note: SecurityNote,
): Err<Refusal<Code>> => {
  if (refusal.code === 'TOO_MANY_ATTEMPTS') security.note('login_throttled', note);
  if (userId !== undefined) security.note('second_factor_failed', { ...note, actor: actorOf(userId) });
  return err(refusal);
};
