import { createHash } from 'node:crypto';
import type { Principal } from '#adapters/auth/principal.ts';
import { normalizeEmail } from '#kernel/email.ts';
import type { IdempotencyKey } from '#kernel/idempotency.ts';
import { flawOfName } from '#kernel/person-name.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Customer } from '../../core/domain/order.ts';
import type { CartOwner } from '../../core/ports/upstreams.ts';

interface GuestInput {
  readonly cart_id?: string;
  readonly customer?: { readonly email: string; readonly name: string };
}

type NoCart = Refusal<'UNAUTHENTICATED' | 'FORBIDDEN'>;

const FLAWS = {
  unseen: 'must not contain line breaks or invisible characters',
  link: 'must not contain a web or e-mail address',
} as const;

/** The cart that a request is about: a user's own, or that of a guest, who needs its token. */
export const cartOwner = (
  principal: Principal,
  token: string | undefined,
  input: GuestInput,
): Result<CartOwner, NoCart> => {
  if (principal.kind === 'user') {
    const own = (['cart_id', 'customer'] as const).filter((field) => input[field] !== undefined);
    return own.length === 0
      ? ok({ userId: principal.userId })
      : refuse('FORBIDDEN', `Only guests send this: ${own.join(', ')}.`);
  }
  if (token === undefined)
    return refuse('UNAUTHENTICATED', 'An access token, or the token of a guest’s cart, is required.');
  return input.cart_id === undefined
    ? refuse('UNAUTHENTICATED', 'A guest sends the `cart_id` of the cart with its token.')
    : ok({ cartId: input.cart_id.toLowerCase(), cartToken: token });
};

const invalid = (pointer: string, message: string) =>
  refuse('INVALID_CUSTOMER', 'See errors.', { errors: [{ pointer, message }] });

/** Who orders: the user, or a guest with a name that mails can contain. */
export const readCustomer = (
  principal: Principal,
  { customer }: GuestInput,
): Result<Customer, Refusal<'INVALID_CUSTOMER'>> => {
  if (principal.kind === 'user')
    return ok({ userId: principal.userId, email: principal.email, name: principal.name });
  if (!customer) return invalid('/body/customer', 'is required of a guest');
  const name = customer.name.trim();
  const flaw = flawOfName(name);
  return flaw
    ? invalid('/body/customer/name', FLAWS[flaw])
    : ok({ email: normalizeEmail(customer.email), name });
};

/**
 * Guests have no ID, so their idempotency keys belong to the holder of the cart's token: who does not have it gets no stored answer.
 */
export const keyedBy = (owner: CartOwner, key: IdempotencyKey | undefined): IdempotencyKey | undefined => {
  if (!key || 'userId' in owner) return key;
  const holder = createHash('sha256').update(`${owner.cartId} ${owner.cartToken}`).digest('base64url');
  return { ...key, principal: `cart:${holder}` };
};
