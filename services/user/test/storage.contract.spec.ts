import { beforeEach, describe, expect, it } from 'vitest';
import { Container } from 'inversify';
import { systemIds } from '#adapters/system/ids.ts';
import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { openToolbox, START, STORES } from '#test/kit/toolbox.ts';
import type { Challenge } from '../core/domain/challenge.ts';
import type { SavedView } from '../core/domain/saved-view.ts';
import type { Session } from '../core/domain/session.ts';
import { profileOf, type User } from '../core/domain/user.ts';
import type {
  FactorQueries,
  SessionQueries,
  UserDirectory,
  UserPageRequest,
  UserQueries,
  ViewQueries,
  WishQueries,
} from '../core/ports/user-queries.ts';
import type { UserTx } from '../core/ports/user-tx.ts';
import { Storage, storage } from '../main/storage.ts';
import { user as userModule } from '../main/module.ts';
import { anAddress, aPostalAddress, aUser } from './user.mother.ts';

describe.each(STORES)('in %s', (store) => {
  let unitOfWork: UnitOfWork<UserTx>;
  let queries: UserQueries;
  let sessionQueries: SessionQueries;
  let directory: UserDirectory;
  let factorQueries: FactorQueries;
  let viewQueries: ViewQueries;
  let wishQueries: WishQueries;

  const save = (user: User): Promise<void> => unitOfWork.run(({ users }) => users.save(user));

  beforeEach(async () => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(await openToolbox(store, userModule)));
    unitOfWork = container.get(Storage.UnitOfWork);
    queries = container.get(Storage.Queries);
    sessionQueries = container.get(Storage.Sessions);
    directory = container.get(Storage.Directory);
    factorQueries = container.get(Storage.Factors);
    viewQueries = container.get(Storage.Views);
    wishQueries = container.get(Storage.Wishes);
  });

  describe('an account', () => {
    const full = (): User =>
      aUser({
        roles: ['customer', 'with "quotes", commas'],
        avatarMediaId: systemIds.next(),
        firstName: `O'Hara \\ ? $1 -- ü 🦜`,
        addresses: [
          anAddress({ defaultShipping: true }),
          anAddress({
            postal: aPostalAddress({ line2: 'Flat 2', region: 'Greater London', phone: '+44 20' }),
            defaultBilling: true,
          }),
        ],
      });

    it('is stored as it was saved', async () => {
      const user = full();
      await save(user);
      expect(await queries.find(user.userId)).toEqual(user);
      expect(await unitOfWork.run(({ users }) => users.find(user.userId))).toEqual(user);
      expect(await unitOfWork.run(({ users }) => users.findByEmail(user.email))).toEqual(user);
    });

    it('is not found if it does not exist', async () => {
      const { userId, email } = aUser();
      expect(await queries.find(userId)).toBeUndefined();
      expect(await unitOfWork.run(({ users }) => users.find(userId))).toBeUndefined();
      expect(await unitOfWork.run(({ users }) => users.findByEmail(email))).toBeUndefined();
    });

    it('is read by the unit that has saved it, and discarded when the unit fails', async () => {
      const user = full();
      const failed = unitOfWork.run(async ({ users }) => {
        await users.save(user);
        expect(await users.find(user.userId)).toEqual(user);
        throw new Error('broken');
      });
      await expect(failed).rejects.toThrow('broken');
      expect(await queries.find(user.userId)).toBeUndefined();
    });

    it('stores every change, and its addresses in order', async () => {
      const user = full();
      await save(user);
      const [first, second] = user.addresses;
      const third = anAddress();
      if (!first || !second) throw new Error('two addresses are needed');
      const changed = {
        ...user,
        version: 2,
        lastName: 'King',
        email: 'king@example.com',
        emailVerifiedAt: START,
        deactivatedAt: START,
        roles: [],
        credentials: 2,
        logouts: 1,
        addresses: [{ ...second, postal: aPostalAddress({ city: 'Paris' }), defaultShipping: true }, third],
        updatedAt: START,
      };
      await save(changed);
      expect(await queries.find(user.userId)).toEqual(changed);
      const less = { ...changed, version: 3, addresses: [third] };
      const more = { ...less, version: 4, addresses: [third, first] };
      await unitOfWork.run(async ({ users }) => {
        await users.save(less);
        await users.save(more);
      });
      expect(await queries.find(user.userId)).toEqual(more);
    });

    it('can be saved by the unit that has read it', async () => {
      const user = full();
      await save(user);
      await unitOfWork.run(async ({ users }) => {
        const found = await users.findByEmail(user.email);
        if (found) await users.save({ ...found, version: 2, addresses: [] });
      });
      expect(await queries.find(user.userId)).toEqual({ ...user, version: 2, addresses: [] });
    });

    it('leaves its former address to others', async () => {
      const user = aUser();
      await save(user);
      await save({ ...user, version: 2, email: `new-${user.email}` });
      const other = aUser({ email: user.email });
      await save(other);
      const byEmail = (email: string) => unitOfWork.run(({ users }) => users.findByEmail(email));
      expect((await byEmail(user.email))?.userId).toBe(other.userId);
      expect((await byEmail(`new-${user.email}`))?.userId).toBe(user.userId);
    });

    it('is refused at a version that is not the next', async () => {
      const user = full();
      await save(user);
      await expect(save(user)).rejects.toThrow(VersionConflict);
      await expect(save({ ...user, version: 3 })).rejects.toThrow(VersionConflict);
      await expect(save({ ...aUser(), version: 2 })).rejects.toThrow(VersionConflict);
    });

    it('is refused with the e-mail address of another user', async () => {
      const user = aUser();
      await save(user);
      const other = aUser({ email: user.email });
      await expect(save(other)).rejects.toThrow(VersionConflict);
      expect(await queries.find(other.userId)).toBeUndefined();
    });
  });

  describe('the list of users', () => {
    const at = (second: number): Date => new Date(START.getTime() + second * 1_000);
    const listed = async (request: Partial<UserPageRequest> = {}) => {
      const page = await directory.page({ words: [], limit: 10, ...request });
      if (!page.ok) throw new Error(page.error.detail);
      return { ids: page.value.items.map(({ userId }) => userId), next: page.value.next };
    };
    const saved = async (changes: Partial<User>): Promise<User> => {
      const user = aUser(changes);
      await save(user);
      return user;
    };

    it('has the newest first, in pages, as they are stored and without passwords', async () => {
      const old = await saved({ createdAt: at(1) });
      const twins = [await saved({ createdAt: at(2) }), await saved({ createdAt: at(2) })];
      const newest = await saved({ createdAt: at(3), emailVerifiedAt: START, deactivatedAt: START });
      const ids = twins.map(({ userId }) => userId).toSorted();
      const first = await listed({ limit: 2 });
      expect(first.ids).toEqual([newest.userId, ids[1]]);
      const second = await listed({ limit: 2, cursor: first.next });
      expect(second).toEqual({ ids: [ids[0], old.userId], next: undefined });
      const page = await directory.page({ words: [], limit: 1 });
      expect(page).toMatchObject({ value: { items: [profileOf(newest)] } });
      expect(JSON.stringify(page)).not.toContain('hash');
      expect(await directory.page({ words: [], limit: 1, cursor: 'made-up' })).toMatchObject({
        error: { code: 'INVALID_CURSOR' },
      });
    });

    it('finds users by the beginnings of address and names, role and status', async () => {
      const ada = await saved({ email: 'ada_l@example.com', firstName: 'Ada', lastName: 'Lovelace' });
      const bob = await saved({
        email: 'bob%@example.com',
        firstName: 'Åsa',
        lastName: 'Loven',
        roles: ['admin'],
      });
      const gone = await saved({ email: 'gone@example.com', firstName: 'Cy', deactivatedAt: START });
      const find = async (words: readonly string[], more: Partial<UserPageRequest> = {}) =>
        (await listed({ words, ...more })).ids.toSorted();
      const ids = (...users: readonly User[]) => users.map(({ userId }) => userId).toSorted();
      expect(await find(['lov'])).toEqual(ids(ada, bob, gone));
      expect(await find(['lov', 'ada'])).toEqual(ids(ada));
      expect(await find(['ada_'])).toEqual(ids(ada));
      expect(await find(['ada%'])).toEqual([]);
      expect(await find(['bob%'])).toEqual(ids(bob));
      expect(await find(['bob_'])).toEqual([]);
      expect(await find(['åsa'])).toEqual(ids(bob));
      expect(await find(['elace'])).toEqual([]);
      expect(await find([], { role: 'admin' })).toEqual(ids(bob));
      expect(await find([], { isActive: false })).toEqual(ids(gone));
      expect(await find(['lov'], { isActive: true })).toEqual(ids(ada, bob));
    });
  });

  describe('a session', () => {
    const begun = async (changes: Partial<Session> = {}): Promise<Session> => {
      const user = aUser();
      await save(user);
      const session: Session = {
        sessionId: user.userId,
        userId: user.userId,
        credentials: 1,
        current: 'first',
        device: 'Firefox',
        startedAt: START,
        provenAt: START,
        methods: ['pwd', 'otp', 'mfa'],
        rotatedAt: START,
        expiresAt: new Date('2026-03-31T12:00:00Z'),
        ended: false,
        ...changes,
      };
      await unitOfWork.run(({ sessions }) => sessions.save(session));
      return session;
    };
    const byToken = (digest: string): Promise<Session | undefined> =>
      unitOfWork.run(({ sessions }) => sessions.lockByToken(digest));

    it('is found by every token that it has had', async () => {
      const session = await begun();
      const next = {
        ...session,
        current: 'second',
        rotatedAt: new Date('2026-03-02T12:00:00Z'),
        expiresAt: new Date('2026-04-30T12:00:00Z'),
      };
      await unitOfWork.run(({ sessions }) => sessions.save(next));
      expect(await byToken('first')).toEqual(next);
      expect(await byToken('second')).toEqual(next);
      expect(await byToken('third')).toBeUndefined();
    });

    it('stores a new version of the password', async () => {
      const session = await begun();
      await unitOfWork.run(({ sessions }) => sessions.save({ ...session, credentials: 2 }));
      expect(await byToken('first')).toEqual({ ...session, credentials: 2 });
    });

    it('stays ended', async () => {
      const session = await begun();
      await unitOfWork.run(({ sessions }) => sessions.save({ ...session, ended: true }));
      expect(await byToken('first')).toEqual({ ...session, ended: true });
    });

    it('is found by its ID and its user, and listed until it ends, the last used first', async () => {
      const session = await begun();
      const later = { rotatedAt: new Date('2026-03-02T12:00:00Z'), current: 'other' };
      const other = { ...session, ...later, sessionId: systemIds.next() };
      await unitOfWork.run(({ sessions }) => sessions.save(other));
      const lock = (userId: string, sessionId: string) =>
        unitOfWork.run(({ sessions }) => sessions.lock(userId, sessionId));
      expect(await lock(session.userId, other.sessionId)).toEqual(other);
      expect(await lock(systemIds.next(), other.sessionId)).toBeUndefined();
      expect(await sessionQueries.unended(session.userId, 2)).toEqual([other, session]);
      expect(await sessionQueries.unended(session.userId, 1)).toEqual([other]);
      await unitOfWork.run(({ sessions }) => sessions.endOthers(session.userId, session.sessionId));
      expect(await sessionQueries.unended(session.userId, 2)).toEqual([session]);
      await unitOfWork.run(({ sessions }) => sessions.endOthers(session.userId, undefined));
      expect(await sessionQueries.unended(session.userId, 2)).toEqual([]);
      expect(await byToken('first')).toMatchObject({ ended: true });
      const devices = await unitOfWork.run(({ sessions }) => sessions.devicesOf(session.userId));
      expect(devices).toEqual(['Firefox']);
    });

    it('is deleted when it has expired, with its old tokens', async () => {
      const over = await begun({ current: 'over', expiresAt: START });
      const session = await begun({ current: 'old', expiresAt: START });
      await unitOfWork.run(async ({ sessions }) => {
        await sessions.save({ ...session, current: 'new', expiresAt: new Date(START.getTime() + 1) });
        await sessions.forgetExpired(START);
      });
      expect(await byToken(over.current)).toBeUndefined();
      expect(await byToken('old')).toBeUndefined();
      expect(await byToken('new')).toMatchObject({ sessionId: session.sessionId });
    });
  });

  describe('a password reset', () => {
    const find = (digest: string) => unitOfWork.run(({ resets }) => resets.find(digest));

    it('is found by the digest of its token, until it is forgotten', async () => {
      const user = aUser();
      await save(user);
      const later = new Date(START.getTime() + 1);
      const [old, good] = [
        { digest: 'old', userId: user.userId, credentials: 1, expiresAt: START },
        { digest: 'good', userId: user.userId, credentials: 2, expiresAt: later },
      ];
      await unitOfWork.run(async ({ resets }) => {
        await resets.add(old);
        await resets.add(good);
      });
      expect([await find('old'), await find('good'), await find('none')]).toEqual([old, good, undefined]);
      await unitOfWork.run(({ resets }) => resets.forgetExpired(START));
      expect([await find('old'), await find('good')]).toEqual([undefined, good]);
    });
  });

  describe('a proof of an address', () => {
    const find = (digest: string) => unitOfWork.run(({ proofs }) => proofs.find(digest));

    it('is found by the digest of its token, until it is forgotten', async () => {
      const user = aUser();
      await save(user);
      const of = { userId: user.userId, email: 'new@example.com', credentials: 1 };
      const [old, good] = [
        { ...of, digest: 'old', expiresAt: START },
        { ...of, digest: 'good', expiresAt: new Date(START.getTime() + 1) },
      ];
      await unitOfWork.run(async ({ proofs }) => {
        await proofs.add(old);
        await proofs.add(good);
      });
      expect([await find('old'), await find('good'), await find('none')]).toEqual([old, good, undefined]);
      await unitOfWork.run(({ proofs }) => proofs.forgetExpired(START));
      expect([await find('old'), await find('good')]).toEqual([undefined, good]);
    });
  });

  describe('second factors', () => {
    const locked = (userId: string) => unitOfWork.run(({ factors }) => factors.lock(userId));

    it('are none at first, and then as they were saved', async () => {
      const user = aUser();
      await save(user);
      const none = { userId: user.userId, passkeys: [], recoveryCodes: [] };
      expect([await locked(user.userId), await factorQueries.of(user.userId)]).toEqual([none, none]);
      const passkey = { passkeyId: 'a', publicKey: 'b', counter: 1, name: 'Phone', addedAt: 'today' };
      const totp = { secret: 'sealed', isConfirmed: true, lastStep: 59_000_000 };
      const some = { userId: user.userId, totp, passkeys: [passkey], recoveryCodes: ['x', 'y'] };
      await unitOfWork.run(({ factors }) => factors.save(some));
      expect([await locked(user.userId), await factorQueries.of(user.userId)]).toEqual([some, some]);
      await unitOfWork.run(({ factors }) => factors.save({ ...some, totp: undefined, recoveryCodes: [] }));
      expect(await locked(user.userId)).toEqual({ ...some, totp: undefined, recoveryCodes: [] });
    });
  });

  describe('a wallet', () => {
    it('is empty at first, and then as it was saved; two first methods do not replace each other', async () => {
      const user = aUser();
      await save(user);
      const find = () => unitOfWork.run(({ wallets }) => wallets.find(user.userId));
      expect(await find()).toEqual({ userId: user.userId, methods: [] });
      const card = { token: 'sealed', brand: 'Visa', last4: '4242', expMonth: 12, expYear: 2031 };
      const add = (paymentMethodId: string) =>
        unitOfWork.run(async ({ wallets }) => {
          const { userId, methods } = await wallets.lock(user.userId);
          const added = { ...card, paymentMethodId, isDefault: false, addedAt: 'today' };
          await wallets.save({ userId, methods: [...methods, added] });
        });
      await Promise.all([add('a'), add('b')]);
      const { methods } = await find();
      expect(methods.map(({ paymentMethodId }) => paymentMethodId).toSorted()).toEqual(['a', 'b']);
      expect(methods[0]).toMatchObject(card);
    });
  });

  describe('saved views', () => {
    const [own, other] = [systemIds.next(), systemIds.next()];
    const view = (ownerId: string, name: string, changes: Partial<SavedView> = {}): SavedView => ({
      viewId: systemIds.next(),
      ownerId,
      list: 'orders',
      name,
      query: 'sort=oldest',
      isShared: false,
      ...changes,
    });
    const keep = (...views: readonly SavedView[]) =>
      unitOfWork.run(async (tx) => {
        for (const one of views) await tx.views.save(one);
      });

    it('are shown to their owner, then those that others share, each by name', async () => {
      const [b, a] = [view(own, 'beta'), view(own, 'Alpha', { isShared: true })];
      const [shared, hidden] = [view(other, 'aa', { isShared: true }), view(other, 'hidden')];
      await keep(b, a, shared, hidden, view(own, 'of products', { list: 'products' }));
      expect(await viewQueries.visibleTo(own, 'orders')).toEqual([a, b, shared]);
      expect(await viewQueries.visibleTo(other, 'orders')).toEqual([shared, hidden, a]);
      expect((await viewQueries.ofOwner(own)).map(({ name }) => name)).toEqual([
        'Alpha',
        'beta',
        'of products',
      ]);
      await keep({ ...b, name: 'Omega' });
      await unitOfWork.run(({ views }) => views.remove(shared.viewId));
      expect(await viewQueries.visibleTo(own, 'orders')).toEqual([a, { ...b, name: 'Omega' }]);
      await unitOfWork.run(({ views }) => views.removeOwn(own));
      expect(await viewQueries.ofOwner(own)).toEqual([]);
      expect(await unitOfWork.run(({ views }) => views.find(hidden.viewId))).toEqual(hidden);
    });

    it('are replaced by their owner only, and locked together', async () => {
      const saved = view(own, 'mine');
      await keep(saved);
      await expect(keep({ ...saved, ownerId: other })).rejects.toThrow(VersionConflict);
      const addIfNone = (ownerId: string) =>
        unitOfWork.run(async ({ views }) => {
          if ((await views.lockOwn(ownerId)).length === 0) await views.save(view(ownerId, 'first'));
        });
      await Promise.all([addIfNone(other), addIfNone(other)]);
      expect(await viewQueries.ofOwner(other)).toHaveLength(1);
    });
  });

  describe('wishes', () => {
    it('are listed from the newest, and added one unit at a time', async () => {
      const [ada, bob] = [systemIds.next(), systemIds.next()];
      const [old, recent] = [systemIds.next(), systemIds.next()];
      const add = (userId: string, productId: string, addedAt: Date) =>
        unitOfWork.run(async ({ wishes }) => {
          const own = await wishes.lockOwn(userId);
          if (own.length === 0 || userId === ada) await wishes.add({ userId, productId, addedAt });
        });
      await add(ada, old, START);
      await add(ada, recent, new Date(START.getTime() + 1));
      const productsOf = async (userId: string) =>
        (await wishQueries.of(userId)).map(({ productId }) => productId);
      expect(await productsOf(ada)).toEqual([recent, old]);
      expect((await wishQueries.of(ada))[1]).toEqual({ userId: ada, productId: old, addedAt: START });
      await Promise.all([add(bob, old, START), add(bob, recent, START)]);
      expect(await productsOf(bob)).toHaveLength(1);
      await unitOfWork.run(({ wishes }) => wishes.remove(ada, recent));
      expect(await productsOf(ada)).toEqual([old]);
      await unitOfWork.run(({ wishes }) => wishes.removeOwn(ada));
      expect([await productsOf(ada), (await productsOf(bob)).length]).toEqual([[], 1]);
    });
  });

  describe('a challenge', () => {
    const lock = (digest: string) => unitOfWork.run(({ challenges }) => challenges.lock(digest));

    it('is found by the digest of its token, counts tries, and is gone once removed or forgotten', async () => {
      const user = aUser();
      await save(user);
      const challenge = (digest: string, expiresAt: Date): Challenge => ({
        digest,
        purpose: 'login',
        userId: user.userId,
        credentials: 1,
        device: 'Firefox',
        sessionId: undefined,
        triesLeft: 5,
        expiresAt,
      });
      const later = new Date(START.getTime() + 1);
      const [old, good] = [challenge('old', START), challenge('good', later)];
      await unitOfWork.run(async ({ challenges }) => {
        await challenges.add(old);
        await challenges.add(good);
      });
      expect([await lock('old'), await lock('good'), await lock('none')]).toEqual([old, good, undefined]);
      await unitOfWork.run(async ({ challenges }) => {
        await challenges.save({ ...good, triesLeft: 4 });
        await challenges.forgetExpired(START);
      });
      expect([await lock('old'), await lock('good')]).toEqual([undefined, { ...good, triesLeft: 4 }]);
      await unitOfWork.run(({ challenges }) => challenges.remove('good'));
      expect(await lock('good')).toBeUndefined();
    });
  });

  describe('a known place', () => {
    const isKnown = (place: string): Promise<boolean> =>
      unitOfWork.run(({ places }) => places.isKnown(place));
    const later = new Date(START.getTime() + 1);

    it('is known once it is remembered, however often', async () => {
      expect(await isKnown('here')).toBe(false);
      await unitOfWork.run(async ({ places }) => {
        await places.remember('here', START);
        await places.remember('here', START);
      });
      expect([await isKnown('here'), await isKnown('there')]).toEqual([true, false]);
    });

    it('is forgotten after too long without a login', async () => {
      await unitOfWork.run(async ({ places }) => {
        await places.remember('left', START);
        await places.remember('in use', START);
        await places.remember('in use', later);
        await places.remember('in use', START);
      });
      await unitOfWork.run(({ places }) => places.forgetBefore(later));
      expect([await isKnown('left'), await isKnown('in use')]).toEqual([false, true]);
    });
  });

  describe('a counter of attempts', () => {
    const count = (): Promise<unknown> => unitOfWork.run(({ attempts }) => attempts.lock('account', START));

    it('begins at zero', async () => {
      expect(await count()).toEqual({ count: 0, since: START });
    });

    it('is kept until it is cleared', async () => {
      const since = new Date('2026-03-01T11:59:00Z');
      await unitOfWork.run(async ({ attempts }) => {
        await attempts.lock('account', START);
        await attempts.save('account', { count: 3, since });
      });
      expect(await count()).toEqual({ count: 3, since });
      await unitOfWork.run(({ attempts }) => attempts.clear('account'));
      expect(await count()).toEqual({ count: 0, since: START });
    });

    it('is forgotten when it began too long ago', async () => {
      await unitOfWork.run(async ({ attempts }) => {
        await attempts.lock('account', START);
        await attempts.save('account', { count: 3, since: START });
      });
      await unitOfWork.run(({ attempts }) => attempts.forgetBefore(START));
      expect(await count()).toEqual({ count: 3, since: START });
      await unitOfWork.run(({ attempts }) => attempts.forgetBefore(new Date(START.getTime() + 1)));
      expect(await count()).toEqual({ count: 0, since: START });
    });
  });
});
