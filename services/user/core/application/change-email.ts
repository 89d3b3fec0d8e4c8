import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TooManyAttempts } from '../domain/attempts.ts';
import { normalizeEmail } from '#kernel/email.ts';
import type { Publication } from '../domain/events.ts';
import type { UserQueries } from '../ports/user-queries.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { asWrongPassword, type ProvePassword } from './guesses.ts';
import type { MailProof } from './verify-email.ts';

export interface ChangeEmail {
  readonly userId: string;
  readonly newEmail: string;
  readonly currentPassword: string;
  /** The client's network; see `Guess`. */
  readonly network: string;
}

type Refused = TooManyAttempts | Refusal<'USER_NOT_FOUND' | 'WRONG_PASSWORD'>;

/**
 * Has a token mailed to the new address, which replaces the present one once it is proven, and tells the owner at the present
 * address, if that is proven. Does not reveal whether another account has the new address: then no token is mailed.
 */
export const makeChangeEmail =
  (
    unitOfWork: UnitOfWork<UserTx>,
    queries: UserQueries,
    provePassword: ProvePassword,
    mailProof: MailProof,
    clock: Clock,
    toWire: ToWire<Publication>,
  ) =>
  async (command: ChangeEmail): Promise<Result<undefined, Refused>> => {
    const user = await queries.find(command.userId);
    if (!user) return refuse('USER_NOT_FOUND', 'There is no such user.');
    const guess = { email: user.email, network: command.network };
    const proven = await provePassword(guess, command.currentPassword);
    if (!proven.ok) return asWrongPassword(proven.error);
    const { user: owner } = proven.value;
    const email = normalizeEmail(command.newEmail);
    await unitOfWork.run(async (tx) => {
      if (email === owner.email) return;
      if (owner.emailVerifiedAt)
        await tx.outbox.add(toWire({ type: 'user.email_change_requested', user: owner, at: clock.now() }));
      if (!(await tx.users.findByEmail(email))) await mailProof(tx, owner, email);
    });
    return ok(undefined);
  };
