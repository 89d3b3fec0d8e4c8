import { ok, type Result } from '#kernel/result.ts';
import type { Account, MailChoices, Profile } from '../core/ports/account.ts';
import type { Address, Grant, Refused, Shop } from '../core/ports/shop.ts';
import { refusedAddress } from './fake-carts.ts';
import { address as first, grant, refusal, type Note } from './sample.ts';

export const CARD = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f84';
export const SESSION = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f94';
/** Of Sam. */
export const PASSWORD = 'correct horse 7';

type Done = Result<undefined, Refused>;
type Login = Pick<Shop, 'logIn' | 'proveFactor' | 'register'>;

const DONE: Done = ok(undefined);
const PROOF = { sealed: { access_token: 'proven', expires_in: 300 } };

const MAILS: MailChoices = {
  language: 'en',
  kinds: [
    { kind: 'order.delivered', isWanted: true },
    { kind: 'price.dropped', isWanted: true },
  ],
};

const SESSIONS = [
  {
    sessionId: SESSION,
    device: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    lastUsedAt: new Date('2026-03-01T12:00:00Z'),
    isCurrent: false,
  },
];

async function* zip(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from('PK'));
}

/** The account of Sam; a registration makes it another one. */
export const fakeAccount = (note: Note): Account & Login => {
  let profile: Profile | undefined = {
    email: 'sam@example.com',
    isEmailConfirmed: false,
    firstName: 'Sam',
    lastName: 'Shopper',
  };
  let password = PASSWORD;
  let addresses: readonly Address[] = [first];
  let added = 0;
  let wishes: readonly string[] = [];
  let mails = MAILS;

  const withPassword = <T>(given: string | undefined, act: () => T): T | Result<never, Refused> =>
    given === password ? act() : refusal('WRONG_PASSWORD');
  const withAddress = (addressId: string, act: () => Done): Done =>
    addresses.some((one) => one.addressId === addressId) ? act() : refusal('ADDRESS_NOT_FOUND');

  return {
    logIn: note<Parameters<Shop['logIn']>, Result<Grant, Refused>>('logIn', (email, given) =>
      email === profile?.email && given === password ? ok(grant) : refusal('INVALID_CREDENTIALS'),
    ),
    proveFactor: note('proveFactor', () => ok(grant)),
    stepUp: note('stepUp', (given) => withPassword(given, () => ok(PROOF))),
    stepUpWithFactor: note('stepUpWithFactor', () => ok(PROOF)),
    register: note<Parameters<Shop['register']>, Done>('register', (registration) => {
      const errors = [{ pointer: '/body/password', message: 'is too short' }];
      if (registration.password.length < 10) return refusal('VALIDATION_FAILED', { errors });
      const { email, firstName, lastName } = registration;
      profile = { email, isEmailConfirmed: false, firstName, lastName };
      password = registration.password;
      return DONE;
    }),

    requestPasswordReset: note('requestPasswordReset', () => DONE),
    resetPassword: note<Parameters<Account['resetPassword']>, Done>('resetPassword', (token) =>
      token === MAILED ? DONE : refusal('INVALID_RESET_TOKEN'),
    ),
    confirmEmail: note<Parameters<Account['confirmEmail']>, Done>('confirmEmail', (token) =>
      token === MAILED ? DONE : refusal('INVALID_EMAIL_TOKEN'),
    ),

    profile: () => (profile ? Promise.resolve(profile) : Promise.reject(new Error('the account has ended'))),
    changeName: note<Parameters<Account['changeName']>, Done>(
      'changeName',
      (_userId, firstName, lastName) => {
        if (profile) profile = { ...profile, firstName, lastName };
        return DONE;
      },
    ),
    changeEmail: note<Parameters<Account['changeEmail']>, Done>('changeEmail', (_userId, _email, given) =>
      withPassword(given, () => DONE),
    ),
    mailConfirmation: note('mailConfirmation', () => DONE),
    changePassword: note<Parameters<Account['changePassword']>, Result<string | undefined, Refused>>(
      'changePassword',
      (_userId, { current, next }) =>
        withPassword(current, () => {
          password = next;
          return ok('new-device');
        }),
    ),

    addresses: () => Promise.resolve(addresses),
    addAddress: note<Parameters<Account['addAddress']>, Result<Address, Refused>>(
      'addAddress',
      (_userId, address) => {
        const refused = refusedAddress(address);
        if (refused) return refused;
        added += 1;
        const one = {
          ...address,
          addressId: `${first.addressId.slice(0, -1)}${added + 4}`,
          isDefault: false,
        };
        addresses = [...addresses, one];
        return ok(one);
      },
    ),
    changeAddress: note<Parameters<Account['changeAddress']>, Done>('changeAddress', (_userId, changed) =>
      withAddress(changed.addressId, () => {
        addresses = addresses.map((one) => {
          if (one.addressId !== changed.addressId)
            return { ...one, isDefault: one.isDefault && !changed.isDefault };
          return { ...changed, isDefault: one.isDefault || changed.isDefault };
        });
        return DONE;
      }),
    ),
    removeAddress: note<Parameters<Account['removeAddress']>, Done>('removeAddress', (_userId, addressId) =>
      withAddress(addressId, () => {
        addresses = addresses.filter((one) => one.addressId !== addressId);
        return DONE;
      }),
    ),

    wishes: () => Promise.resolve(wishes),
    addWish: note<Parameters<Account['addWish']>, Done>('addWish', (_userId, productId) => {
      wishes = [productId, ...wishes.filter((one) => one !== productId)];
      return DONE;
    }),
    removeWish: note<Parameters<Account['removeWish']>, Done>('removeWish', (_userId, productId) => {
      wishes = wishes.filter((one) => one !== productId);
      return DONE;
    }),

    cards: () =>
      Promise.resolve([
        { cardId: CARD, brand: 'visa', last4: '4242', month: 3, year: 2031, isDefault: true },
      ]),
    removeCard: note<Parameters<Account['removeCard']>, Done>('removeCard', (_userId, cardId) =>
      cardId === CARD ? DONE : refusal('PAYMENT_METHOD_NOT_FOUND'),
    ),
    sessions: () => Promise.resolve(SESSIONS),
    endSession: note<Parameters<Account['endSession']>, Done>('endSession', (_userId, sessionId) =>
      sessionId === SESSION ? DONE : refusal('SESSION_NOT_FOUND'),
    ),
    endOtherSessions: note('endOtherSessions', () => DONE),

    exportData: note<Parameters<Account['exportData']>, Awaited<ReturnType<Account['exportData']>>>(
      'exportData',
      (_userId, given) => withPassword(given, () => ok(zip())),
    ),
    erase: note<Parameters<Account['erase']>, Done>('erase', (_userId, given) =>
      withPassword(given, () => {
        profile = undefined;
        return DONE;
      }),
    ),
    mails: () => Promise.resolve(mails),
    chooseMails: note<Parameters<Account['chooseMails']>, Done>('chooseMails', (_userId, language, kinds) => {
      mails = {
        language,
        kinds: mails.kinds.map(({ kind }) => ({ kind, isWanted: kinds.includes(kind) })),
      };
      return DONE;
    }),
  };
};

/** The token of the fake shop's mails. */
export const MAILED = 'mailed-token';
