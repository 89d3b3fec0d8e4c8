import type { ToWire } from '#kernel/events.ts';
import type { Publication } from '../domain/events.ts';
import type { FactorsChange } from '../domain/factors.ts';
import type { User } from '../domain/user.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** Has the owner told at their address, if it is proven. */
export const tellOfFactors = async (
  { outbox }: UserTx,
  toWire: ToWire<Publication>,
  user: User,
  change: FactorsChange,
  at: Date,
): Promise<void> => {
  if (user.emailVerifiedAt) await outbox.add(toWire({ type: 'user.factors_changed', user, change, at }));
};
