import type {
  MemoryDatabase,
  MemoryTable,
  MemoryTables,
  MemoryTransaction,
} from '#adapters/memory/memory-database.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { noAttempts, type Attempts } from '../../core/domain/attempts.ts';
import type { Challenge } from '../../core/domain/challenge.ts';
import type { EmailProof } from '../../core/domain/email-proof.ts';
import { noFactors, type Factors } from '../../core/domain/factors.ts';
import type { PasswordReset } from '../../core/domain/password-reset.ts';
import type { Session } from '../../core/domain/session.ts';
import { isListed } from '../../core/domain/directory.ts';
import { profileOf, type User } from '../../core/domain/user.ts';
import { emptyWallet, type Wallet } from '../../core/domain/wallet.ts';
import type { KnownPlaces } from '../../core/ports/known-places.ts';
import type {
  FactorQueries,
  SessionQueries,
  UserDirectory,
  UserQueries,
} from '../../core/ports/user-queries.ts';
import type {
  AttemptCounters,
  ChallengeRepository,
  FactorRepository,
  Locking,
  MailedTokens,
  SessionRepository,
  UserRepository,
  WalletRepository,
} from '../../core/ports/user-tx.ts';
import { afterOf, usersPage } from '../user-pages.ts';

interface Token {
  readonly digest: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
}

interface Place {
  readonly place: string;
  readonly seenAt: Date;
}

interface Counter extends Attempts {
  readonly account: string;
}

const usersOf = (tables: MemoryTables) => tables.table<User>('users');
const emailsOf = (tables: MemoryTables) => tables.table<string>('emails');
const sessionsOf = (tables: MemoryTables) => tables.table<Session>('sessions');
const tokensOf = (tables: MemoryTables) => tables.table<Token>('refresh_tokens');
const resetsOf = (tables: MemoryTables) => tables.table<PasswordReset>('password_resets');
const proofsOf = (tables: MemoryTables) => tables.table<EmailProof>('email_proofs');
const factorsOf = (tables: MemoryTables) => tables.table<Factors>('factors');
const walletsOf = (tables: MemoryTables) => tables.table<Wallet>('wallets');
const challengesOf = (tables: MemoryTables) => tables.table<Challenge>('challenges');
const placesOf = (tables: MemoryTables) => tables.table<Place>('known_places');
const countersOf = (tables: MemoryTables) => tables.table<Counter>('attempts');

export const memoryUserRepository = (tx: MemoryTransaction): UserRepository => ({
  find: (userId) => Promise.resolve(usersOf(tx).get(userId)),
  findByEmail: (email) => {
    const userId = emailsOf(tx).get(email);
    return Promise.resolve(userId === undefined ? undefined : usersOf(tx).get(userId));
  },
  save: async (user) => {
    const before = usersOf(tx).get(user.userId);
    if ((before?.version ?? 0) !== user.version - 1) throw new VersionConflict('user');
    const owner = emailsOf(tx).get(user.email);
    if (owner !== undefined && owner !== user.userId) throw new VersionConflict('e-mail address');
    if (before && before.email !== user.email) emailsOf(tx).delete(before.email);
    emailsOf(tx).put(user.email, user.userId);
    usersOf(tx).put(user.userId, user);
    await Promise.resolve();
  },
  remove: async ({ userId, version }) => {
    const before = usersOf(tx).get(userId);
    if (before?.version !== version) throw new VersionConflict('user');
    usersOf(tx).delete(userId);
    emailsOf(tx).delete(before.email);
    const isTheirs = (one: { readonly userId: string }): boolean => one.userId === userId;
    for (const { sessionId } of sessionsOf(tx).find(isTheirs)) {
      sessionsOf(tx).delete(sessionId);
      for (const token of tokensOf(tx).find((one) => one.sessionId === sessionId))
        tokensOf(tx).delete(token.digest);
    }
    for (const { digest } of resetsOf(tx).find(isTheirs)) resetsOf(tx).delete(digest);
    for (const { digest } of proofsOf(tx).find(isTheirs)) proofsOf(tx).delete(digest);
    for (const { digest } of challengesOf(tx).find(isTheirs)) challengesOf(tx).delete(digest);
    factorsOf(tx).delete(userId);
    walletsOf(tx).delete(userId);
    await Promise.resolve();
  },
});

export const memoryUserQueries = ({ committed }: MemoryDatabase): UserQueries => ({
  find: (userId) => Promise.resolve(usersOf(committed).get(userId)),
});

export const memoryUserDirectory = ({ committed }: MemoryDatabase): UserDirectory => ({
  page: (request) => {
    const after = afterOf(request);
    if (!after.ok) return Promise.resolve(after);
    const before = after.value && [Date.parse(String(after.value.value)), after.value.id];
    const isBefore = ({ createdAt, userId }: User): boolean => {
      if (!before) return true;
      const [time, id] = before;
      return createdAt.getTime() < Number(time) || (createdAt.getTime() === time && userId < String(id));
    };
    const found = usersOf(committed)
      .find((user) => isListed(user, request) && isBefore(user))
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.userId < b.userId ? 1 : -1));
    return Promise.resolve(usersPage(found.map(profileOf), request.limit));
  },
});

export const memorySessionQueries = ({ committed }: MemoryDatabase): SessionQueries => ({
  unended: (userId, limit) =>
    Promise.resolve(
      sessionsOf(committed)
        .find((session) => session.userId === userId && !session.ended)
        .sort((a, b) => b.rotatedAt.getTime() - a.rotatedAt.getTime())
        .slice(0, limit),
    ),
});

export const memorySessionRepository = (tx: MemoryTransaction): SessionRepository => ({
  lockByToken: (digest) => {
    const token = tokensOf(tx).get(digest);
    return Promise.resolve(token && sessionsOf(tx).get(token.sessionId));
  },
  lock: (userId, sessionId) => {
    const session = sessionsOf(tx).get(sessionId);
    return Promise.resolve(session?.userId === userId ? session : undefined);
  },
  devicesOf: (userId) => {
    const of = sessionsOf(tx).find((session) => session.userId === userId);
    return Promise.resolve([...new Set(of.map(({ device }) => device))]);
  },
  endOthers: async (userId, keptSessionId) => {
    const others = sessionsOf(tx).find(
      (session) => session.userId === userId && session.sessionId !== keptSessionId,
    );
    for (const session of others) sessionsOf(tx).put(session.sessionId, { ...session, ended: true });
    await Promise.resolve();
  },
  save: async (session) => {
    const { sessionId, current: digest, expiresAt } = session;
    sessionsOf(tx).put(sessionId, session);
    tokensOf(tx).put(digest, { digest, sessionId, expiresAt });
    await Promise.resolve();
  },
  forgetExpired: async (now) => {
    const isOver = ({ expiresAt }: { readonly expiresAt: Date }): boolean => expiresAt <= now;
    for (const { sessionId } of sessionsOf(tx).find(isOver)) sessionsOf(tx).delete(sessionId);
    for (const { digest } of tokensOf(tx).find(isOver)) tokensOf(tx).delete(digest);
    await Promise.resolve();
  },
});

const memoryTokens = <T extends { readonly digest: string; readonly expiresAt: Date }>(
  tokens: MemoryTable<T>,
): MailedTokens<T> => ({
  add: async (token) => {
    tokens.put(token.digest, token);
    await Promise.resolve();
  },
  find: (digest) => Promise.resolve(tokens.get(digest)),
  forgetExpired: async (now) => {
    for (const { digest } of tokens.find(({ expiresAt }) => expiresAt <= now)) tokens.delete(digest);
    await Promise.resolve();
  },
});

export const memoryPasswordResets = (tx: MemoryTransaction): MailedTokens<PasswordReset> =>
  memoryTokens(resetsOf(tx));
export const memoryEmailProofs = (tx: MemoryTransaction): MailedTokens<EmailProof> =>
  memoryTokens(proofsOf(tx));

export const memoryFactorQueries = ({ committed }: MemoryDatabase): FactorQueries => ({
  of: (userId) => Promise.resolve(factorsOf(committed).get(userId) ?? noFactors(userId)),
});

const lockAfter =
  <T extends { readonly userId: string }>(records: MemoryTable<T>): Locking<T>['lockAfter'] =>
  (userId = '', limit) =>
    Promise.resolve(
      records
        .find((one) => one.userId > userId)
        .sort((a, b) => (a.userId < b.userId ? -1 : 1))
        .slice(0, limit),
    );

export const memoryFactorRepository = (tx: MemoryTransaction): FactorRepository => ({
  lockAfter: lockAfter(factorsOf(tx)),
  lock: (userId) => Promise.resolve(factorsOf(tx).get(userId) ?? noFactors(userId)),
  save: async (factors) => {
    factorsOf(tx).put(factors.userId, factors);
    await Promise.resolve();
  },
});

export const memoryWallets = (tx: MemoryTransaction): WalletRepository => {
  const find = (userId: string) => Promise.resolve(walletsOf(tx).get(userId) ?? emptyWallet(userId));
  return {
    find,
    lock: find,
    lockAfter: lockAfter(walletsOf(tx)),
    save: async (wallet) => {
      walletsOf(tx).put(wallet.userId, wallet);
      await Promise.resolve();
    },
  };
};

export const memoryChallenges = (tx: MemoryTransaction): ChallengeRepository => {
  const challenges = challengesOf(tx);
  const save = async (challenge: Challenge): Promise<void> => {
    challenges.put(challenge.digest, challenge);
    await Promise.resolve();
  };
  return {
    add: save,
    save,
    lock: (digest) => Promise.resolve(challenges.get(digest)),
    remove: async (digest) => {
      challenges.delete(digest);
      await Promise.resolve();
    },
    forgetExpired: async (now) => {
      for (const { digest } of challenges.find(({ expiresAt }) => expiresAt <= now))
        challenges.delete(digest);
      await Promise.resolve();
    },
  };
};

export const memoryAttemptCounters = (tx: MemoryTransaction): AttemptCounters => ({
  lock: (account, now) => {
    const counter = countersOf(tx).get(account);
    return Promise.resolve(counter ? { count: counter.count, since: counter.since } : noAttempts(now));
  },
  save: async (account, attempts) => {
    countersOf(tx).put(account, { account, ...attempts });
    await Promise.resolve();
  },
  clear: async (account) => {
    countersOf(tx).delete(account);
    await Promise.resolve();
  },
  forgetBefore: async (since) => {
    for (const { account } of countersOf(tx).find((counter) => counter.since < since))
      countersOf(tx).delete(account);
    await Promise.resolve();
  },
});

export const memoryKnownPlaces = (tx: MemoryTransaction): KnownPlaces => ({
  isKnown: (place) => Promise.resolve(placesOf(tx).get(place) !== undefined),
  remember: async (place, now) => {
    const seenAt = placesOf(tx).get(place)?.seenAt ?? now;
    placesOf(tx).put(place, { place, seenAt: seenAt > now ? seenAt : now });
    await Promise.resolve();
  },
  forgetBefore: async (since) => {
    for (const { place } of placesOf(tx).find(({ seenAt }) => seenAt < since)) placesOf(tx).delete(place);
    await Promise.resolve();
  },
});
