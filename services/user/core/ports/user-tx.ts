import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { AuditEntry, Head } from '../domain/audit.ts';
import type { Attempts } from '../domain/attempts.ts';
import type { Challenge } from '../domain/challenge.ts';
import type { EmailProof } from '../domain/email-proof.ts';
import type { PersonErasure } from '../domain/erasure.ts';
import type { Factors } from '../domain/factors.ts';
import type { PasswordReset } from '../domain/password-reset.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { Wish } from '../domain/wish.ts';
import type { Wallet } from '../domain/wallet.ts';
import type { KnownPlaces } from './known-places.ts';

/** The user service's unit of work. */
export interface UserTx extends BaseTx {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly attempts: AttemptCounters;
  readonly resets: MailedTokens<PasswordReset>;
  readonly proofs: MailedTokens<EmailProof>;
  readonly places: KnownPlaces;
  readonly erasures: ErasureRepository;
  readonly audit: AuditLog;
  readonly factors: FactorRepository;
  readonly challenges: ChallengeRepository;
  readonly wallets: WalletRepository;
  readonly views: ViewRepository;
  readonly wishes: WishRepository;
}

/** Of records with one per user at most. */
export interface Locking<T> {
  /** Those of the users whose IDs follow, in the order of IDs; locked until the unit ends. All users follow `undefined`. */
  lockAfter(userId: string | undefined, limit: number): Promise<readonly T[]>;
}

export interface WalletRepository extends Locking<Wallet> {
  find(userId: string): Promise<Wallet>;
  /** The wallet of an existing user, locked until the unit ends. */
  lock(userId: string): Promise<Wallet>;
  save(wallet: Wallet): Promise<void>;
}

export interface ViewRepository {
  /** Those of the member of staff, who can save none in another unit until this one ends. */
  lockOwn(userId: string): Promise<readonly SavedView[]>;
  find(viewId: string): Promise<SavedView | undefined>;
  /** Inserts or replaces it; the unit fails with a `VersionConflict` if it is another owner's. */
  save(view: SavedView): Promise<void>;
  remove(viewId: string): Promise<void>;
  removeOwn(userId: string): Promise<void>;
}

export interface WishRepository {
  /** The user's, who can add none in another unit until this one ends. */
  lockOwn(userId: string): Promise<readonly Wish[]>;
  add(wish: Wish): Promise<void>;
  remove(userId: string, productId: string): Promise<void>;
  removeOwn(userId: string): Promise<void>;
}

export interface FactorRepository extends Locking<Factors> {
  /** The user's factors, locked until the unit ends if there are any. */
  lock(userId: string): Promise<Factors>;
  save(factors: Factors): Promise<void>;
}

export interface ChallengeRepository {
  add(challenge: Challenge): Promise<void>;
  /** Locked until the unit ends. */
  lock(digest: string): Promise<Challenge | undefined>;
  save(challenge: Challenge): Promise<void>;
  remove(digest: string): Promise<void>;
  forgetExpired(now: Date): Promise<void>;
}

export interface UserRepository {
  find(userId: string): Promise<User | undefined>;
  /** @param email normalised */
  findByEmail(email: string): Promise<User | undefined>;
  /**
   * Inserts version 1, or replaces the previous version; throws `VersionConflict` if that does not exist or the e-mail address
   * belongs to another user.
   */
  save(user: User): Promise<void>;
  /** Deletes the account with its sessions, addresses and tokens; throws `VersionConflict` if it is not at this version. */
  remove(user: User): Promise<void>;
}

/** One per user. */
export interface ErasureRepository {
  find(erasureId: string): Promise<PersonErasure | undefined>;
  ofUser(userId: string): Promise<PersonErasure | undefined>;
  /** Inserts version 1, or replaces the previous version; throws `VersionConflict` if that does not exist. */
  save(erasure: PersonErasure): Promise<void>;
  /** Deletes those that were completed earlier. */
  forgetBefore(since: Date): Promise<void>;
}

export interface SessionRepository {
  /** The session of a current or former token, locked until the unit ends. */
  lockByToken(digest: string): Promise<Session | undefined>;
  /** The session of this user, locked until the unit ends. */
  lock(userId: string, sessionId: string): Promise<Session | undefined>;
  /** The devices of the user's sessions, also of those that have ended. */
  devicesOf(userId: string): Promise<readonly string[]>;
  /** Ends all sessions of the user except that one. */
  endOthers(userId: string, keptSessionId: string | undefined): Promise<void>;
  /** Saves the session, and its current token in the history. */
  save(session: Session): Promise<void>;
  /** Deletes sessions that can no longer be refreshed, and tokens that are too old to matter. */
  forgetExpired(now: Date): Promise<void>;
}

/** What the holder of a mailed token may do, by the digest of the token. */
export interface MailedTokens<T> {
  add(token: T): Promise<void>;
  find(digest: string): Promise<T | undefined>;
  /** Deletes expired ones. */
  forgetExpired(now: Date): Promise<void>;
}

export interface AttemptCounters {
  /** The count under the name, even if there is none yet, locked until the unit ends. */
  lock(name: string, now: Date): Promise<Attempts>;
  /** After `lock`. */
  save(name: string, attempts: Attempts): Promise<void>;
  clear(name: string): Promise<void>;
  /** Deletes counters that began earlier. */
  forgetBefore(since: Date): Promise<void>;
}

/** The audit trail, to which entries are only ever added. */
export interface AuditLog {
  /** The last entry. */
  head(): Promise<Head>;
  /** Those of these IDs that entries have. */
  known(entryIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Entries that follow the head; the unit fails with a `VersionConflict` if another unit has added some meanwhile. */
  append(entries: readonly AuditEntry[]): Promise<void>;
}
