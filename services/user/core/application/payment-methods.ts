import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  addPaymentMethod,
  chooseDefault,
  hasCardNumber,
  hasExpired,
  NO_SUCH_METHOD,
  removePaymentMethod,
  tokenOf,
  type CardDisplay,
  type NoSuchPaymentMethod,
  type PaymentMethod,
  type TooManyPaymentMethods,
} from '../domain/wallet.ts';
import type { Sealer } from '../ports/authenticators.ts';
import type { PaymentTokens } from '../ports/payment-tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';

interface Parts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly sealer: Sealer;
  readonly ids: Ids;
  readonly clock: Clock;
}

export interface NewPaymentMethod extends CardDisplay {
  /** Of the payment provider. */
  readonly token: string;
  readonly isDefault: boolean;
}

/** Without its token, which no one is shown. */
export type ShownPaymentMethod = Omit<PaymentMethod, 'token'>;

type UserNotFound = Refusal<'USER_NOT_FOUND'>;

const USER_NOT_FOUND = refuse('USER_NOT_FOUND', 'There is no such user.');

const shown = ({ token: _, ...method }: PaymentMethod): ShownPaymentMethod => method;

/** Only this use case stores outcomes under its keys. */
const parseOutcome = (outcome: unknown): ShownPaymentMethod => outcome as ShownPaymentMethod;

/** Saves a payment method, with its token sealed. Refuses what could be a card number. */
export const makeAddPaymentMethod =
  ({ unitOfWork, sealer, ids, clock }: Parts) =>
  async (
    userId: string,
    { token, ...card }: NewPaymentMethod,
    key?: IdempotencyKey,
  ): Promise<
    Result<
      ShownPaymentMethod,
      UserNotFound | TooManyPaymentMethods | Refusal<'CARD_NUMBER'> | IdempotencyRefusal
    >
  > => {
    if (hasCardNumber(token) || hasCardNumber(card.brand))
      return refuse('CARD_NUMBER', 'This looks like a card number; send the token of the payment provider.');
    return once(
      unitOfWork,
      key,
      parseOutcome,
      async ({
        users,
        wallets,
      }): Promise<Result<ShownPaymentMethod, UserNotFound | TooManyPaymentMethods>> => {
        if (!(await users.find(userId))) return USER_NOT_FOUND;
        const paymentMethodId = ids.next();
        const addedAt = clock.now().toISOString();
        const sealed = sealer.seal(token, tokenOf(userId, paymentMethodId));
        const added = addPaymentMethod(await wallets.lock(userId), {
          ...card,
          paymentMethodId,
          token: sealed,
          addedAt,
        });
        if (!added.ok) return added;
        await wallets.save(added.value);
        const isDefault = added.value.methods.at(-1)?.isDefault === true;
        return ok({ ...card, isDefault, paymentMethodId, addedAt });
      },
    );
  };

/** The user's payment methods, oldest first. */
export const makeListPaymentMethods =
  ({ unitOfWork }: Pick<Parts, 'unitOfWork'>) =>
  (userId: string): Promise<Result<readonly ShownPaymentMethod[], UserNotFound>> =>
    unitOfWork.run(async ({ users, wallets }) => {
      if (!(await users.find(userId))) return USER_NOT_FOUND;
      const { methods } = await wallets.find(userId);
      return ok(methods.map(shown));
    });

const makeChange =
  ({ unitOfWork }: Pick<Parts, 'unitOfWork'>, decide: typeof chooseDefault) =>
  (userId: string, paymentMethodId: string): Promise<Result<undefined, NoSuchPaymentMethod>> =>
    unitOfWork.run(async ({ wallets }) => {
      const changed = decide(await wallets.lock(userId), paymentMethodId);
      if (!changed.ok) return changed;
      await wallets.save(changed.value);
      return ok(undefined);
    });

export const makeChooseDefaultPaymentMethod = (parts: Pick<Parts, 'unitOfWork'>) =>
  makeChange(parts, chooseDefault);

export const makeRemovePaymentMethod = (parts: Pick<Parts, 'unitOfWork'>) =>
  makeChange(parts, removePaymentMethod);

export type NotUsable = NoSuchPaymentMethod | Refusal<'PAYMENT_METHOD_EXPIRED' | 'PAYMENT_METHOD_REFUSED'>;

/**
 * A single-use token with which an order of the user is paid. Only here is the token of a saved method opened; nothing but
 * the payment service sees it.
 */
export const makeUsePaymentMethod =
  ({
    unitOfWork,
    sealer,
    tokens,
    clock,
  }: Pick<Parts, 'unitOfWork' | 'sealer' | 'clock'> & { readonly tokens: PaymentTokens }) =>
  async (userId: string, paymentMethodId: string): Promise<Result<string, NotUsable>> => {
    const method = await unitOfWork.run(async ({ users, wallets }) => {
      const user = await users.find(userId);
      if (!user || user.deactivatedAt) return undefined;
      const { methods } = await wallets.find(userId);
      return methods.find((one) => one.paymentMethodId === paymentMethodId);
    });
    if (!method) return NO_SUCH_METHOD;
    if (hasExpired(method, clock.now()))
      return refuse('PAYMENT_METHOD_EXPIRED', 'The card has expired; choose or add another one.');
    const token = await tokens.issue(sealer.open(method.token, tokenOf(userId, paymentMethodId)));
    return token === undefined
      ? refuse('PAYMENT_METHOD_REFUSED', 'The payment provider no longer accepts the card; add it again.')
      : ok(token);
  };
