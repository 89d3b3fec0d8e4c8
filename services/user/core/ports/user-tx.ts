import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Attempts } from '../domain/attempts.ts';
import type { PasswordReset } from '../domain/password-reset.ts';
import type { Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { KnownPlaces } from './known-places.ts';

/** The user service's unit of work. */
export interface UserTx extends BaseTx {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly attempts: AttemptCounters;
  readonly resets: PasswordResets;
  readonly places: KnownPlaces;
}

export interface UserRepository {
  find(userId: string): Promise<User | undefined>;
  /** @param email normalised */
  findByEmail(email: string): Promise<User | undefined>;
  /**
   * Inserts version 1, else replaces the version before; throws `VersionConflict` when that is not there or the
   * e-mail address is somebody else's.
   */
  save(user: User): Promise<void>;
}

export interface SessionRepository {
  /** The session that ever had the token, locked until the unit ends. */
  lockByToken(digest: string): Promise<Session | undefined>;
  /** Keeps the session, and its current token among those it has had. */
  save(session: Session): Promise<void>;
  /** Drops sessions that nobody can refresh any more, and tokens that are too old to matter. */
  forgetExpired(now: Date): Promise<void>;
}

export interface PasswordResets {
  add(reset: PasswordReset): Promise<void>;
  find(digest: string): Promise<PasswordReset | undefined>;
  /** Drops those that nobody can use any more. */
  forgetExpired(now: Date): Promise<void>;
}

export interface AttemptCounters {
  /** What was counted under the name, none included, locked until the unit ends. */
  lock(name: string, now: Date): Promise<Attempts>;
  /** After `lock`. */
  save(name: string, attempts: Attempts): Promise<void>;
  clear(name: string): Promise<void>;
  /** Drops counters that began earlier. */
  forgetBefore(since: Date): Promise<void>;
}
