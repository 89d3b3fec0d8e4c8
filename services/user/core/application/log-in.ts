import type { Clock } from '#kernel/clock.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { SecondFactorRequired } from '../domain/challenge.ts';
import { normalizeEmail } from '../domain/email.ts';
import { BY_PASSWORD } from '../domain/session.ts';
import type { Devices } from '../ports/devices.ts';
import type { StartChallenge } from './challenges.ts';
import type { Guess } from './counters.ts';
import type { Grant } from './grant.ts';
import type { Guesses, NotProven } from './guesses.ts';
import type { OpenSession } from './open-session.ts';

export interface Credentials extends Omit<Guess, 'deviceId'> {
  readonly password: string;
  /** What the client calls itself. */
  readonly device?: string;
  /** Of an earlier login, if the client has one. */
  readonly deviceToken?: string | undefined;
}

/** Starts a session, unless the account has a second factor, which must then be proved. */
export const makeLogIn =
  (
    guesses: Guesses,
    startChallenge: StartChallenge,
    openSession: OpenSession,
    devices: Devices,
    clock: Clock,
  ) =>
  async ({
    email,
    network,
    password,
    device = '',
    deviceToken,
  }: Credentials): Promise<Result<Grant, NotProven | SecondFactorRequired>> => {
    const normalized = normalizeEmail(email);
    const deviceId = devices.idOf(deviceToken, normalized, clock.now());
    const guess = { email: normalized, network, deviceId };
    const proven = await guesses.check(guess, password);
    if (!proven.ok) return proven;
    const { user, isKnownPlace } = proven.value;
    const challenge = await startChallenge(user, { purpose: 'login', device });
    if (challenge !== undefined) return err(challenge);
    await guesses.succeed(guess, isKnownPlace, 1);
    return ok(await openSession({ user, device, methods: BY_PASSWORD, isKnownPlace, deviceId }));
  };
