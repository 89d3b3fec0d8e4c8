import { expect } from 'vitest';
import { Container } from 'inversify';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { START, type TestToolbox } from '#test/kit/toolbox.ts';
import { NO_ENTRIES } from '../core/domain/audit.ts';
import { Storage, storage } from '../main/storage.ts';
import { user } from '../main/module.ts';

const USER = '00000000-0000-7000-8000-000000000001';
const SESSION = '00000000-0000-7000-8000-000000000021';

const openStorage = (toolbox: TestToolbox): Container => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  return container;
};

/** What all older schemas hold. */
const readUsers = async (toolbox: TestToolbox): Promise<void> => {
  const container = openStorage(toolbox);
  expect(await container.get(Storage.Queries).find(USER)).toEqual({
    userId: USER,
    version: 1,
    email: 'ada@example.com',
    emailVerifiedAt: undefined,
    deactivatedAt: undefined,
    firstName: 'Ada',
    lastName: 'Lovelace',
    roles: ['customer', 'admin'],
    passwordHash: 'hash of a password',
    credentials: 2,
    logouts: 0,
    addresses: [
      {
        addressId: '00000000-0000-7000-8000-000000000011',
        postal: {
          recipient: 'Ada Lovelace',
          line1: '12 St James’s Square',
          line2: 'Flat 2',
          city: 'London',
          region: 'Greater London',
          postalCode: 'SW1Y 4JH',
          country: 'GB',
          phone: '+44 20',
        },
        defaultShipping: true,
        defaultBilling: false,
      },
      {
        addressId: '00000000-0000-7000-8000-000000000012',
        postal: {
          recipient: 'Ada',
          line1: '1 Rue de la Paix',
          city: 'Paris',
          postalCode: '75002',
          country: 'FR',
        },
        defaultShipping: false,
        defaultBilling: true,
      },
    ],
    createdAt: new Date('2026-02-01T10:00:00Z'),
    updatedAt: new Date('2026-02-02T10:00:00.123Z'),
  });
  await container.get(Storage.UnitOfWork).run(async ({ users, sessions, attempts, resets }) => {
    expect(await users.findByEmail('ada@example.com')).toMatchObject({ userId: USER });
    expect(await sessions.lockByToken('a used token')).toEqual({
      sessionId: SESSION,
      userId: USER,
      credentials: 2,
      current: 'the current token',
      device: expect.any(String),
      startedAt: expect.any(Date),
      provenAt: new Date(0),
      methods: ['pwd'],
      rotatedAt: expect.any(Date),
      expiresAt: new Date('2026-03-31T12:00:00Z'),
      ended: false,
    });
    expect(await attempts.lock('an account', START)).toEqual({
      count: 3,
      since: new Date('2026-03-01T11:59:00Z'),
    });
    const reset = { digest: 'a digest', userId: USER, credentials: 2, expiresAt: START };
    await resets.add(reset);
    expect(await resets.find('a digest')).toEqual(reset);
  });
};

/** Also a password reset, and the places known so far. */
const readMore = async (toolbox: TestToolbox, places: Readonly<Record<string, boolean>>): Promise<void> => {
  await readUsers(toolbox);
  await openStorage(toolbox)
    .get(Storage.UnitOfWork)
    .run(async (tx) => {
      expect(await tx.resets.find('a reset')).toEqual({
        digest: 'a reset',
        userId: USER,
        credentials: 2,
        expiresAt: new Date('2026-03-01T12:30:00Z'),
      });
      for (const [place, isKnown] of Object.entries(places))
        expect(await tx.places.isKnown(place)).toBe(isKnown);
    });
};

upgradeContract(user, {
  '0001-users': readUsers,
  '0002-password-resets': (toolbox) => readMore(toolbox, { home: false }),
  '0003-session-times-known-places': (toolbox) => readMore(toolbox, { home: true, elsewhere: false }),
  '0004-session-devices': async (toolbox) => {
    await readMore(toolbox, { home: true, elsewhere: false });
    expect(await openStorage(toolbox).get(Storage.Sessions).unended(USER, 1)).toMatchObject([
      { device: 'Firefox' },
    ]);
  },
  '0005-email-proofs': async (toolbox) => {
    await readMore(toolbox, { home: true });
    await openStorage(toolbox)
      .get(Storage.UnitOfWork)
      .run(async ({ proofs }) => {
        expect(await proofs.find('a proof')).toEqual({
          digest: 'a proof',
          userId: USER,
          email: 'ada@example.org',
          credentials: 2,
          expiresAt: new Date('2026-03-02T12:00:00Z'),
        });
      });
  },
  '0006-directory': async (toolbox) => {
    await readMore(toolbox, { home: true });
    const container = openStorage(toolbox);
    const deactivated = await container.get(Storage.Directory).page({ words: [], isActive: false, limit: 2 });
    expect(deactivated).toMatchObject({ ok: true, value: { items: [{ email: 'bob@example.com' }] } });
    expect(await container.get(Storage.Audit).head()).toEqual(NO_ENTRIES);
  },
  '0007-factors-wallets-audit-erasures': async (toolbox) => {
    await readMore(toolbox, { home: true });
    await openStorage(toolbox)
      .get(Storage.UnitOfWork)
      .run(async ({ factors, challenges, wallets }) => {
        expect(await factors.lock(USER)).toEqual({
          userId: USER,
          totp: { secret: 'sealed', isConfirmed: true, lastStep: 7 },
          passkeys: [
            {
              passkeyId: 'a passkey',
              publicKey: 'a key',
              counter: 1,
              name: 'Phone',
              addedAt: '2026-02-01T10:00:00.000Z',
            },
          ],
          recoveryCodes: ['a digest'],
        });
        expect(await challenges.lock('a challenge')).toMatchObject({ purpose: 'login', triesLeft: 5 });
        const { methods } = await wallets.find(USER);
        expect(methods).toMatchObject([{ paymentMethodId: 'a method', token: 'sealed', last4: '4242' }]);
      });
  },
});
