import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { totpOf, type Factors } from '../domain/factors.ts';
import { tokenOf, type Wallet } from '../domain/wallet.ts';
import type { Sealer } from '../ports/authenticators.ts';
import type { FactorRepository, Locking, UserTx, WalletRepository } from '../ports/user-tx.ts';

/** Users per unit of work. */
const BATCH = 100;

/** Counts of secrets. */
export interface Resealed {
  readonly resealed: number;
  /** Under the newest key already. */
  readonly current: number;
  /** Of no configured key, or damaged; they stay as they are. */
  readonly unreadable: number;
}

type Reseal = (sealed: string, context: string) => string;

const factorsWith =
  (reseal: Reseal) =>
  ({ totp, ...rest }: Factors): Factors =>
    totp ? { ...rest, totp: { ...totp, secret: reseal(totp.secret, totpOf(rest.userId)) } } : rest;

const walletWith =
  (reseal: Reseal) =>
  ({ userId, methods }: Wallet): Wallet => ({
    userId,
    methods: methods.map((method) => ({
      ...method,
      token: reseal(method.token, tokenOf(userId, method.paymentMethodId)),
    })),
  });

type Repository<T> = Locking<T> & { save(record: T): Promise<void> };

/** Reseals the next records, and saves those that change. */
const resealSome = async <T extends { readonly userId: string }>(
  repository: Repository<T>,
  recordWith: (reseal: Reseal) => (record: T) => T,
  sealer: Sealer,
  after: string | undefined,
  limit: number,
) => {
  const counts = { resealed: 0, current: 0, unreadable: 0 };
  const change = recordWith((sealed, context) => {
    try {
      const again = sealer.reseal(sealed, context);
      counts[again === sealed ? 'current' : 'resealed'] += 1;
      return again;
    } catch {
      counts.unreadable += 1;
      return sealed;
    }
  });
  const found = await repository.lockAfter(after, limit);
  for (const record of found) {
    const before = counts.resealed;
    const changed = change(record);
    if (counts.resealed > before) await repository.save(changed);
  }
  return { counts, last: found.length < limit ? undefined : found.at(-1)?.userId };
};

type SealedTx = { readonly factors: FactorRepository; readonly wallets: WalletRepository };

/**
 * Seals all secrets of users again under the newest key. If it is interrupted, it can be repeated, and reseals the rest. Locks
 * only the users of one batch at a time, so that the service can run meanwhile.
 */
export const makeReseal =
  (unitOfWork: UnitOfWork<Pick<UserTx, keyof SealedTx>>, sealer: Sealer, batch = BATCH) =>
  async (): Promise<Resealed> => {
    const total = { resealed: 0, current: 0, unreadable: 0 };
    const each = async (some: (tx: SealedTx, after?: string) => ReturnType<typeof resealSome>) => {
      let after: string | undefined;
      do {
        const { counts, last } = await unitOfWork.run((tx) => some(tx, after));
        for (const kind of ['resealed', 'current', 'unreadable'] as const) total[kind] += counts[kind];
        after = last;
      } while (after !== undefined);
    };
    await each(({ factors }, after) => resealSome(factors, factorsWith, sealer, after, batch));
    await each(({ wallets }, after) => resealSome(wallets, walletWith, sealer, after, batch));
    return total;
  };
