import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { normalizeEmail } from '../domain/email.ts';
import { startSession } from '../domain/session.ts';
import type { AccessTokens, Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { makeGrant, type Grant } from './grant.ts';
import type { NotProven, ProvePassword } from './prove-password.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** @param lifetimeMs of a refresh token */
export const makeLogIn =
  (
    unitOfWork: UnitOfWork<UserTx>,
    provePassword: ProvePassword,
    tokens: AccessTokens,
    secrets: Secrets,
    ids: Ids,
    clock: Clock,
    lifetimeMs: number,
  ) =>
  async ({ email, password }: Credentials): Promise<Result<Grant, NotProven>> => {
    const proven = await provePassword(normalizeEmail(email), password);
    if (!proven.ok) return proven;
    const token = secrets.next();
    const session = startSession(proven.value, ids.next(), secrets.digest(token), clock.now(), lifetimeMs);
    await unitOfWork.run(({ sessions }) => sessions.save(session));
    return ok(await makeGrant(tokens, proven.value, token));
  };
