import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

export const MOST_PAYMENT_METHODS = 10;

/** The saved payment methods of a user, in the order of creation. If there are any, exactly one is the default. Plain JSON. */
export interface Wallet {
  readonly userId: string;
  readonly methods: readonly PaymentMethod[];
}

/** A card as its owner recognises it. */
export interface CardDisplay {
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
}

export interface PaymentMethod extends CardDisplay {
  readonly paymentMethodId: string;
  /** The payment provider's token, sealed. */
  readonly token: string;
  readonly isDefault: boolean;
  /** RFC 3339. */
  readonly addedAt: string;
}

/** The context in which the token of a payment method is sealed. */
export const tokenOf = (userId: string, paymentMethodId: string): string =>
  `payment method ${paymentMethodId} of ${userId}`;

/** After the last month that is printed on the card. */
export const hasExpired = ({ expMonth, expYear }: CardDisplay, now: Date): boolean =>
  Date.UTC(expYear, expMonth) <= now.getTime();

export type TooManyPaymentMethods = Refusal<'TOO_MANY_PAYMENT_METHODS'>;
export type NoSuchPaymentMethod = Refusal<'PAYMENT_METHOD_NOT_FOUND'>;

export const NO_SUCH_METHOD = refuse('PAYMENT_METHOD_NOT_FOUND', 'There is no such payment method.');

export const emptyWallet = (userId: string): Wallet => ({ userId, methods: [] });

/** The shortest and longest card numbers. */
const CARD_DIGITS = { least: 12, most: 19 };

/** The check digit of card numbers (ISO/IEC 7812). */
const passesLuhn = (digits: string): boolean => {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
};

/** Whether a text contains what could be a card number, also in groups; such a number must never be stored. */
export const hasCardNumber = (text: string): boolean =>
  text
    .replace(/(?<=\d)[ -](?=\d)/g, '')
    .split(/\D+/)
    .some(
      (digits) =>
        digits.length >= CARD_DIGITS.least && digits.length <= CARD_DIGITS.most && passesLuhn(digits),
    );

const withDefault = (wallet: Wallet, paymentMethodId: string | undefined): Wallet => ({
  ...wallet,
  methods: wallet.methods.map((method) => ({
    ...method,
    isDefault: method.paymentMethodId === paymentMethodId,
  })),
});

/** The first one is the default. */
export const addPaymentMethod = (
  wallet: Wallet,
  method: PaymentMethod,
): Result<Wallet, TooManyPaymentMethods> => {
  if (wallet.methods.length >= MOST_PAYMENT_METHODS)
    return refuse(
      'TOO_MANY_PAYMENT_METHODS',
      `An account has at most ${MOST_PAYMENT_METHODS} payment methods; remove one first.`,
    );
  const added = { ...wallet, methods: [...wallet.methods, method] };
  const isDefault = method.isDefault || wallet.methods.length === 0;
  return ok(isDefault ? withDefault(added, method.paymentMethodId) : added);
};

export const chooseDefault = (
  wallet: Wallet,
  paymentMethodId: string,
): Result<Wallet, NoSuchPaymentMethod> =>
  wallet.methods.some((method) => method.paymentMethodId === paymentMethodId)
    ? ok(withDefault(wallet, paymentMethodId))
    : NO_SUCH_METHOD;

/** The oldest remaining one replaces a default that is removed. */
export const removePaymentMethod = (
  wallet: Wallet,
  paymentMethodId: string,
): Result<Wallet, NoSuchPaymentMethod> => {
  const removed = wallet.methods.find((method) => method.paymentMethodId === paymentMethodId);
  if (!removed) return NO_SUCH_METHOD;
  const left = { ...wallet, methods: wallet.methods.filter((method) => method !== removed) };
  return ok(removed.isDefault ? withDefault(left, left.methods[0]?.paymentMethodId) : left);
};
