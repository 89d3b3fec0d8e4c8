import type { Handlers } from '#adapters/http/operations.ts';
import type { operations } from '#openapi/generated/storefront.ts';
import {
  logOut,
  type makeLogIn,
  type makeRegister,
  type makeShowAccount,
  type makeShowLogin,
  type makeShowRegistration,
} from '../../core/application/account.ts';
import type { MailedLinks } from '../../core/application/mailed-links.ts';
import { requestOf, required, type Answers } from './answers.ts';
import type { StorefrontCode } from './errors.ts';

export interface AccountUseCases {
  readonly showAccount: ReturnType<typeof makeShowAccount>;
  readonly showLogin: ReturnType<typeof makeShowLogin>;
  readonly logIn: ReturnType<typeof makeLogIn>;
  readonly showRegistration: ReturnType<typeof makeShowRegistration>;
  readonly register: ReturnType<typeof makeRegister>;
  readonly mailedLinks: MailedLinks;
}

type Ids =
  | 'showAccount'
  | 'showLogin'
  | 'logInByForm'
  | 'logOutByForm'
  | 'showRegistration'
  | 'registerByForm'
  | 'showPasswordReset'
  | 'requestPasswordResetByForm'
  | 'setPasswordByForm'
  | 'showEmailConfirmation'
  | 'confirmEmailByForm';

const RESET = '/reset-password';
const CONFIRMATION = '/confirm-email';

/** The pages of accounts, and of those who open or enter one. */
export const accountHandlers = (
  shop: AccountUseCases,
  { orSee, onlySee, onlyPage }: Answers,
): Pick<Handlers<operations, StorefrontCode>, Ids> => {
  const { mailedLinks } = shop;
  return {
    showAccount: async (asked) => {
      const request = requestOf(asked, '/account');
      const { cursor, notice } = asked.query;
      return onlyPage(shop.showAccount(request, required(request), cursor, notice));
    },
    showLogin: async (asked) => {
      const { return_to: returnTo, notice } = asked.query;
      return onlyPage(shop.showLogin(requestOf(asked, '/login'), returnTo, notice));
    },
    logInByForm: async (asked) => {
      const { email = '', password = '', challenge = '', code = '', return_to: returnTo } = asked.body;
      return orSee(shop.logIn(requestOf(asked, '/login'), { email, password, challenge, code, returnTo }));
    },
    logOutByForm: async () => onlySee(logOut()),
    showRegistration: async (asked) =>
      onlyPage(shop.showRegistration(requestOf(asked, '/register'), asked.query.return_to)),
    registerByForm: async (asked) => {
      const { email, password, first_name: firstName, last_name: lastName } = asked.body;
      const registration = { email, password, firstName, lastName };
      return orSee(shop.register(requestOf(asked, '/register'), registration, asked.body.return_to));
    },
    showPasswordReset: async (asked) => onlyPage(mailedLinks.showReset(requestOf(asked, RESET))),
    requestPasswordResetByForm: async (asked) =>
      onlyPage(mailedLinks.requestReset(requestOf(asked, RESET), asked.body.email)),
    setPasswordByForm: async (asked) => {
      const { token, password } = asked.body;
      return orSee(mailedLinks.setPassword(requestOf(asked, RESET), token, password));
    },
    showEmailConfirmation: async (asked) =>
      onlyPage(mailedLinks.showConfirmation(requestOf(asked, CONFIRMATION), asked.query.notice)),
    confirmEmailByForm: async (asked) =>
      orSee(mailedLinks.confirmEmail(requestOf(asked, CONFIRMATION), asked.body.token)),
  };
};
