import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { accessRevoked, type Publication } from '../domain/events.ts';
import type { WeakPassword } from '../domain/password.ts';
import { INVALID_RESET_TOKEN, isGood, type InvalidResetToken } from '../domain/password-reset.ts';
import { resetPassword, type User } from '../domain/user.ts';
import type { Devices } from '../ports/devices.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';
import type { CheckNewPassword } from './check-new-password.ts';
import { countersOf } from './counters.ts';
import { renewed } from './renew-device.ts';

export interface ConfirmReset {
  readonly token: string;
  readonly newPassword: string;
  /** The client's network; see `Guess`. */
  readonly network: string;
  /** Of an earlier login, if the client has one. */
  readonly deviceToken?: string | undefined;
}

export interface ConfirmedReset {
  readonly userId: string;
  /** Replaces the token of the client, if that was valid. */
  readonly deviceToken: string | undefined;
}

export interface ConfirmResetParts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly checkPassword: CheckNewPassword;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly devices: Devices;
  readonly clock: Clock;
  /** Lifetime of access tokens, in milliseconds. */
  readonly accessMs: number;
  readonly toWire: ToWire<Publication>;
}

/**
 * Sets a new password for the holder of the token. Ends all sessions and access tokens, invalidates all reset tokens of the
 * account and the proofs of its known devices, and resets its failed logins from this network.
 */
export const makeConfirmPasswordReset = (parts: ConfirmResetParts) => {
  const { unitOfWork, checkPassword, passwords, secrets, devices, clock, accessMs, toWire } = parts;
  const ownerOf = async ({ users, resets }: UserTx, token: string): Promise<User | undefined> => {
    const reset = await resets.find(secrets.digest(token));
    const user = reset && (await users.find(reset.userId));
    return user && isGood(reset, user, clock.now()) ? user : undefined;
  };
  return async (command: ConfirmReset): Promise<Result<ConfirmedReset, WeakPassword | InvalidResetToken>> => {
    const { token, newPassword, network, deviceToken } = command;
    // Before the slow part, so that made-up tokens cost nothing.
    const owner = await unitOfWork.run((tx) => ownerOf(tx, token));
    if (!owner) return INVALID_RESET_TOKEN;
    const strong = await checkPassword(newPassword, owner);
    if (!strong.ok) return strong;
    const passwordHash = await passwords.hash(newPassword);
    return unitOfWork.run(async (tx) => {
      const user = await ownerOf(tx, token);
      if (!user) return INVALID_RESET_TOKEN;
      const changed = resetPassword(user, passwordHash, clock.now());
      await tx.users.save(changed);
      await tx.outbox.add(toWire(accessRevoked(changed, {}, clock.now(), accessMs)));
      const { place, account } = countersOf(secrets, { email: user.email, network });
      for (const name of [place, account].sort()) await tx.attempts.clear(name);
      return ok({
        userId: user.userId,
        deviceToken: renewed(devices, deviceToken, user, changed, clock.now()),
      });
    });
  };
};
