import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { countAttempt } from '../domain/attempts.ts';
import { INVALID_EMAIL_TOKEN, proves, startProof, type InvalidEmailToken } from '../domain/email-proof.ts';
import { accessRevoked, type Publication } from '../domain/events.ts';
import { MOST_MAILS } from '../domain/password-reset.ts';
import { changeEmail, verifyEmail, type User } from '../domain/user.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';

interface Parts {
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly toWire: ToWire<Publication>;
}

/** Has a token mailed to the address, within the limit of mails per address. */
export type MailProof = (tx: UserTx, user: User, email: string) => Promise<void>;

export const makeMailProof =
  ({ secrets, clock, toWire }: Parts): MailProof =>
  async ({ attempts, proofs, outbox }, user, email) => {
    const [counter, now] = [secrets.digest(`verification of ${email}`), clock.now()];
    const counted = countAttempt(await attempts.lock(counter, now), now, MOST_MAILS);
    if (!counted.ok) return;
    await attempts.save(counter, counted.value);
    const token = secrets.next();
    const proof = startProof(user, email, secrets.digest(token), now);
    await proofs.add(proof);
    const { expiresAt } = proof;
    await outbox.add(toWire({ type: 'user.email_verification_requested', user, email, token, expiresAt }));
  };

/** Has another token mailed to the user's address, unless it is proven. */
export const makeRequestVerification =
  (unitOfWork: UnitOfWork<UserTx>, mailProof: MailProof) =>
  (userId: string): Promise<Result<undefined, Refusal<'USER_NOT_FOUND'>>> =>
    unitOfWork.run(async (tx) => {
      const user = await tx.users.find(userId);
      if (!user) return refuse('USER_NOT_FOUND', 'There is no such user.');
      if (user.emailVerifiedAt === undefined) await mailProof(tx, user, user.email);
      return ok(undefined);
    });

interface ConfirmParts extends Parts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  /** Lifetime of access tokens, in milliseconds. */
  readonly accessMs: number;
}

/**
 * Proves the address to which the token was mailed. If it is not the user's yet, it replaces theirs, and all sessions and access
 * tokens end; refused if another account has it meanwhile.
 * @returns the user's ID
 */
export const makeConfirmEmail =
  ({ unitOfWork, secrets, clock, accessMs, toWire }: ConfirmParts) =>
  (token: string): Promise<Result<string, InvalidEmailToken>> =>
    unitOfWork.run(async ({ users, proofs, outbox }) => {
      const now = clock.now();
      const proof = await proofs.find(secrets.digest(token));
      const user = proof && (await users.find(proof.userId));
      if (!user || !proves(proof, user, now)) return INVALID_EMAIL_TOKEN;
      if (proof.email === user.email) {
        const verified = verifyEmail(user, now);
        await users.save(verified);
        await outbox.add(toWire({ type: 'user.email_verified', user: verified, at: now }));
        return ok(user.userId);
      }
      if (await users.findByEmail(proof.email)) return INVALID_EMAIL_TOKEN;
      const changed = changeEmail(user, proof.email, now);
      await users.save(changed);
      await outbox.add(toWire({ type: 'user.profile.updated', user: changed }));
      const previousEmail = user.email;
      await outbox.add(
        toWire(
          user.emailVerifiedAt
            ? { type: 'user.email_changed', user: changed, previousEmail, at: now }
            : { type: 'user.email_verified', user: changed, at: now },
        ),
      );
      await outbox.add(toWire(accessRevoked(changed, {}, now, accessMs)));
      return ok(user.userId);
    });
