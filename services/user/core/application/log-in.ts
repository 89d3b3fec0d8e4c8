import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { normalizeEmail } from '../domain/email.ts';
import type { Publication } from '../domain/events.ts';
import { startSession, type SessionLifetime } from '../domain/session.ts';
import type { AccessTokens, Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';
import type { Guess } from './counters.ts';
import { makeGrant, type Grant } from './grant.ts';
import type { NotProven, ProvePassword } from './prove-password.ts';

export interface Credentials extends Guess {
  readonly password: string;
  /** What the client calls itself. */
  readonly device?: string;
}

/**
 * Starts a session. Notifies the owner if neither the network nor the device is known, unless it is the first login or the
 * address is not proven.
 */
export const makeLogIn =
  (
    unitOfWork: UnitOfWork<UserTx>,
    provePassword: ProvePassword,
    tokens: AccessTokens,
    secrets: Secrets,
    ids: Ids,
    clock: Clock,
    lifetime: SessionLifetime,
    toWire: ToWire<Publication>,
  ) =>
  async ({ email, network, password, device = '' }: Credentials): Promise<Result<Grant, NotProven>> => {
    const proven = await provePassword({ email: normalizeEmail(email), network }, password);
    if (!proven.ok) return proven;
    const { user, isKnownPlace } = proven.value;
    const token = secrets.next();
    const begun = { sessionId: ids.next(), digest: secrets.digest(token), device };
    const session = startSession(user, begun, clock.now(), lifetime);
    await unitOfWork.run(async ({ sessions, outbox }) => {
      const isReported = !isKnownPlace && user.emailVerifiedAt !== undefined;
      const devices = isReported ? await sessions.devicesOf(user.userId) : [];
      await sessions.save(session);
      if (devices.length > 0 && !devices.includes(device))
        await outbox.add(toWire({ type: 'user.logged_in_elsewhere', user, device, at: session.startedAt }));
    });
    return ok(await makeGrant(tokens, user, session, token));
  };
