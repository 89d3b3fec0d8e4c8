import type { Handlers } from '#adapters/http/operations.ts';
import type { operations } from '#openapi/generated/user.ts';
import type { makeAddWish, makeRemoveWish } from '../../core/application/wish-list.ts';
import type { WishQueries } from '../../core/ports/user-queries.ts';
import { mayChange } from './access.ts';
import type { UserCode } from './errors.ts';

export interface WishUseCases {
  readonly wishes: WishQueries;
  readonly addWish: ReturnType<typeof makeAddWish>;
  readonly removeWish: ReturnType<typeof makeRemoveWish>;
}

type WishOperations = Pick<operations, 'listWishes' | 'addWish' | 'removeWish'>;

export const makeWishHandlers = (useCases: WishUseCases): Handlers<WishOperations, UserCode> => ({
  listWishes: async ({ path, principal }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const wishes = await useCases.wishes.of(path.user_id);
    const items = wishes.map(({ productId, addedAt }) => ({
      product_id: productId,
      added_at: addedAt.toISOString(),
    }));
    return { status: 200, body: { items } };
  },
  addWish: async ({ path, principal }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const added = await useCases.addWish(path.user_id, path.product_id);
    return added.ok ? { status: 204 } : added;
  },
  removeWish: async ({ path, principal }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    await useCases.removeWish(path.user_id, path.product_id);
    return { status: 204 };
  },
});
