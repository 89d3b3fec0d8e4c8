import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Publication } from '../domain/events.ts';
import { startSession, type Method, type SessionLifetime } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { Devices } from '../ports/devices.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';
import type { Place } from './counters.ts';
import type { GiveAccess, Grant } from './grant.ts';

/** A login that has succeeded. */
export interface Login {
  readonly user: User;
  /** What the client calls itself. */
  readonly device: string;
  readonly methods: readonly Method[];
  readonly place: Place;
}

export type OpenSession = (login: Login) => Promise<Grant>;

interface Parts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly giveAccess: GiveAccess;
  readonly secrets: Secrets;
  readonly devices: Devices;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly lifetime: SessionLifetime;
  readonly toWire: ToWire<Publication>;
}

/**
 * Starts a session. Notifies the owner if neither the network nor the device is known, unless it is the first login or the
 * address is not proven.
 */
export const makeOpenSession =
  ({ unitOfWork, giveAccess, secrets, devices, ids, clock, lifetime, toWire }: Parts): OpenSession =>
  async ({ user, device, methods, place }) => {
    const token = secrets.next();
    const begun = { sessionId: ids.next(), digest: secrets.digest(token), device, methods };
    const session = startSession(user, begun, clock.now(), lifetime);
    await unitOfWork.run(async ({ sessions, outbox }) => {
      const isReported = !place.isKnown && user.emailVerifiedAt !== undefined;
      const devices = isReported ? await sessions.devicesOf(user.userId) : [];
      await sessions.save(session);
      if (devices.length > 0 && !devices.includes(device))
        await outbox.add(toWire({ type: 'user.logged_in_elsewhere', user, device, at: session.startedAt }));
    });
    const deviceToken = devices.issue(user, session.startedAt, place.deviceId);
    return { user, access: await giveAccess(user, session), refreshToken: token, deviceToken };
  };
