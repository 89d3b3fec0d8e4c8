import { ok } from '#kernel/result.ts';
import type { Account } from '../core/ports/account.ts';
import type { Address } from '../core/ports/shop.ts';

/** Notes a command, and returns what it is given. */
type Note = <T>(name: string, value: T) => (...parameters: unknown[]) => Promise<T>;

export const CARD = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f84';
export const SESSION = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f94';

const say =
  <T>(value: T) =>
  (): Promise<T> =>
    Promise.resolve(value);

/** The account of the customer of the fake shop. */
export const fakeAccount = (note: Note, address: Address): Account => ({
  requestPasswordReset: note('requestPasswordReset', ok(undefined)),
  resetPassword: note('resetPassword', ok(undefined)),
  confirmEmail: note('confirmEmail', ok(undefined)),
  profile: say({ email: 'sam@example.com', isEmailConfirmed: false, firstName: 'Sam', lastName: 'Shopper' }),
  changeName: note('changeName', ok(undefined)),
  changeEmail: note('changeEmail', ok(undefined)),
  mailConfirmation: note('mailConfirmation', ok(undefined)),
  changePassword: note('changePassword', ok('new-device')),
  addresses: say([address]),
  addAddress: note('addAddress', ok(address)),
  changeAddress: note('changeAddress', ok(undefined)),
  removeAddress: note('removeAddress', ok(undefined)),
  cards: say([{ cardId: CARD, brand: 'visa', last4: '4242', month: 3, year: 2031, isDefault: true }]),
  removeCard: note('removeCard', ok(undefined)),
  sessions: say([
    {
      sessionId: SESSION,
      device: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      lastUsedAt: new Date('2026-03-01T12:00:00Z'),
      isCurrent: false,
    },
  ]),
  endSession: note('endSession', ok(undefined)),
  endOtherSessions: note('endOtherSessions', ok(undefined)),
  exportData: (...parameters) => note('exportData', ok(zip()))(...parameters),
  erase: note('erase', ok(undefined)),
  mails: say({ language: 'en', kinds: [{ kind: 'order.delivered', isWanted: true }] }),
  chooseMails: note('chooseMails', ok(undefined)),
});

async function* zip(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from('PK'));
}
