import { isUser, type Principal } from '#adapters/auth/principal.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { CartOwner } from '../../core/domain/cart.ts';
import type { CartTokens } from './cart-tokens.ts';

export type NoAccess = Refusal<'UNAUTHENTICATED' | 'FORBIDDEN'>;

/** Admits the user of the cart and the holder of its token; all others are refused. */
export const makeAccess =
  (tokens: CartTokens) =>
  (principal: Principal, cartId: string, token: string | undefined): Result<CartOwner, NoAccess> => {
    if (isUser(principal, cartId)) return ok({ cartId, userId: cartId });
    if (token !== undefined && tokens.read(token) === cartId) return ok({ cartId, userId: undefined });
    return principal.kind === 'guest' && token === undefined
      ? refuse('UNAUTHENTICATED', 'An access token or the cart’s token is required.')
      : refuse('FORBIDDEN', 'This is not your cart.');
  };

export type Access = ReturnType<typeof makeAccess>;
