import { beforeEach, describe, expect, it } from 'vitest';
import { Container } from 'inversify';
import { makeSealing, sealingKeys, type Sealing } from '#adapters/auth/sealing.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { openToolbox, STORES } from '#test/kit/toolbox.ts';
import { makeReseal } from '../core/application/reseal.ts';
import { noFactors, totpOf } from '../core/domain/factors.ts';
import { tokenOf } from '../core/domain/wallet.ts';
import type { UserTx } from '../core/ports/user-tx.ts';
import { user as userModule } from '../main/module.ts';
import { Storage, storage } from '../main/storage.ts';
import { aPaymentMethod, aUser } from './user.mother.ts';

const OLD = `2025:${Buffer.alloc(32, 1).toString('base64url')}`;
const NEW = `2026:${Buffer.alloc(32, 2).toString('base64url')}`;
const withKeys = (...keys: readonly string[]): Sealing => makeSealing(sealingKeys.parse(keys.join()));

const USERS = 5;
/** Users per unit of work. */
const BATCH = 2;

describe.each(STORES)('secrets in %s', (store) => {
  let unitOfWork: UnitOfWork<UserTx>;
  /** Users with an app and two payment methods each, sealed with the old key. */
  const people = Array.from({ length: USERS }, () => ({
    ...aUser(),
    methods: [aPaymentMethod(), aPaymentMethod({ isDefault: false })],
  }));
  const SECRETS = 3 * USERS;

  beforeEach(async () => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(await openToolbox(store, userModule)));
    unitOfWork = container.get(Storage.UnitOfWork);
    const { seal } = withKeys(OLD);
    for (const { methods, ...user } of people)
      await unitOfWork.run(async ({ users, factors, wallets }) => {
        const { userId } = user;
        await users.save(user);
        const secret = seal('an app', totpOf(userId));
        await factors.save({ ...noFactors(userId), totp: { secret, isConfirmed: true, lastStep: 7 } });
        const sealed = methods.map((method) => ({
          ...method,
          token: seal('a token', tokenOf(userId, method.paymentMethodId)),
        }));
        await wallets.save({ userId, methods: sealed });
      });
  });

  /** How many secrets these keys open; whatever else is stored must be as before. */
  const openedBy = (sealing: Sealing): Promise<number> =>
    unitOfWork.run(async ({ factors, wallets }) => {
      const open = (sealed: string, context: string): string | undefined => {
        try {
          return sealing.open(sealed, context);
        } catch {
          return undefined;
        }
      };
      let opened = 0;
      for (const { userId, methods } of people) {
        const { totp, ...rest } = await factors.lock(userId);
        expect([totp, rest]).toMatchObject([{ isConfirmed: true, lastStep: 7 }, noFactors(userId)]);
        opened += open(totp?.secret ?? '', totpOf(userId)) === 'an app' ? 1 : 0;
        const wallet = await wallets.find(userId);
        const token = expect.any(String);
        expect(wallet.methods).toEqual(methods.map((method) => ({ ...method, token })));
        for (const { paymentMethodId, token } of wallet.methods)
          opened += open(token, tokenOf(userId, paymentMethodId)) === 'a token' ? 1 : 0;
      }
      return opened;
    });

  it('are sealed again under the newest key, after which the old one can go', async () => {
    const reseal = makeReseal(unitOfWork, withKeys(NEW, OLD), BATCH);
    expect(await reseal()).toEqual({ resealed: SECRETS, current: 0, unreadable: 0 });
    expect(await openedBy(withKeys(NEW))).toBe(SECRETS);
    expect(await reseal()).toEqual({ resealed: 0, current: SECRETS, unreadable: 0 });
  });

  it('are all sealed again after an interruption, each once', async () => {
    const sealing = withKeys(NEW, OLD);
    let left = 3;
    const killed = { ...unitOfWork, run: <T>(work: (tx: UserTx) => Promise<T>) => (left-- > 0 ? unitOfWork.run(work) : Promise.reject(new Error('killed'))) }; // prettier-ignore
    await expect(makeReseal(killed, sealing, BATCH)()).rejects.toThrow('killed');
    const begun = await openedBy(withKeys(NEW));
    expect(begun).toBeGreaterThan(0);
    expect(begun).toBeLessThan(SECRETS);
    expect(await makeReseal(unitOfWork, sealing, BATCH)()).toEqual({
      resealed: SECRETS - begun,
      current: begun,
      unreadable: 0,
    });
  });

  it('stay as they are, and are counted, if their key is missing', async () => {
    expect(await makeReseal(unitOfWork, withKeys(NEW), BATCH)()).toEqual({
      resealed: 0,
      current: 0,
      unreadable: SECRETS,
    });
    expect(await openedBy(withKeys(OLD))).toBe(SECRETS);
  });

  it('are none in an empty store', async () => {
    await unitOfWork.run(async ({ users }) => {
      for (const { userId } of people) {
        const user = await users.find(userId);
        if (user) await users.remove(user);
      }
    });
    const resealed = await makeReseal(unitOfWork, withKeys(NEW, OLD), BATCH)();
    expect(resealed).toEqual({ resealed: 0, current: 0, unreadable: 0 });
  });
});
