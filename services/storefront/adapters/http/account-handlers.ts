import type { Handlers } from '#adapters/http/operations.ts';
import { HttpProblem } from '#adapters/http/problem.ts';
import type { operations } from '#openapi/generated/storefront.ts';
import {
  logOut,
  type makeLogIn,
  type makeRegister,
  type makeShowAccount,
  type makeShowLogin,
  type makeShowRegistration,
} from '../../core/application/account.ts';
import type { AccountLists } from '../../core/application/account-lists.ts';
import type { AddressBook } from '../../core/application/address-book.ts';
import type { MailedLinks } from '../../core/application/mailed-links.ts';
import type { ReturnPages } from '../../core/application/returns.ts';
import type { QuestionPages } from '../../core/application/questions.ts';
import type { ReviewPages } from '../../core/application/reviews.ts';
import type { StepUpPages } from '../../core/application/step-up.ts';
import type { WishList } from '../../core/application/wish-list.ts';
import type { Privacy } from '../../core/application/privacy.ts';
import type { ProfilePages } from '../../core/application/profile.ts';
import type { Customer, Request } from '../../core/application/visited.ts';
import { requestOf, required, type Answers, type Asked } from './answers.ts';
import type { StorefrontCode } from './errors.ts';
import { entered, REVIEW_LIMITS, toAddress, toReview } from './forms.ts';

export interface AccountUseCases {
  readonly showAccount: ReturnType<typeof makeShowAccount>;
  readonly showLogin: ReturnType<typeof makeShowLogin>;
  readonly logIn: ReturnType<typeof makeLogIn>;
  readonly showRegistration: ReturnType<typeof makeShowRegistration>;
  readonly register: ReturnType<typeof makeRegister>;
  readonly mailedLinks: MailedLinks;
  readonly stepUp: StepUpPages;
  readonly profile: ProfilePages;
  readonly addressBook: AddressBook;
  readonly accountLists: AccountLists;
  readonly wishList: WishList;
  readonly privacy: Privacy;
  readonly questions: QuestionPages;
  readonly reviews: ReviewPages;
  readonly returns: ReturnPages;
}

type Ids =
  | 'showAccount'
  | 'showLogin'
  | 'logInByForm'
  | 'logOutByForm'
  | 'showStepUp'
  | 'stepUpByForm'
  | 'showRegistration'
  | 'registerByForm'
  | 'showPasswordReset'
  | 'requestPasswordResetByForm'
  | 'setPasswordByForm'
  | 'showEmailConfirmation'
  | 'confirmEmailByForm'
  | 'showProfile'
  | 'changeNameByForm'
  | 'changeEmailByForm'
  | 'mailConfirmationByForm'
  | 'changePasswordByForm'
  | 'showAddresses'
  | 'addAddressByForm'
  | 'showAddress'
  | 'changeAddressByForm'
  | 'chooseDefaultAddress'
  | 'removeAddressByForm'
  | 'showWishList'
  | 'addWishByForm'
  | 'removeWishByForm'
  | 'showCards'
  | 'removeCard'
  | 'showSessions'
  | 'endOtherSessionsByForm'
  | 'endSessionByForm'
  | 'showMails'
  | 'chooseMails'
  | 'showPrivacy'
  | 'exportByForm'
  | 'eraseByForm'
  | 'showOwnReviews'
  | 'showOwnReturns'
  | 'showReviewForm'
  | 'writeReview'
  | 'deleteReviewByForm'
  | 'showQuestionForm'
  | 'askByForm';

const STEP_UP = '/account/step-up';
const RESET = '/reset-password';
const CONFIRMATION = '/confirm-email';

/** The request, and the customer who owns the page. */
const ofCustomer = (asked: Asked, path: string): readonly [Request, Customer] => {
  const request = requestOf(asked, path);
  return [request, required(request)];
};

/** The same for what is part of an account of the shop: users of the OIDC provider have none. */
const ofAccount = (asked: Asked, path: string): readonly [Request, Customer] => {
  const [request, customer] = ofCustomer(asked, path);
  if (request.visit.isOfProvider) throw new HttpProblem('NOT_FOUND', 'The OIDC provider has the account.');
  return [request, customer];
};

/** The pages of accounts, and of those who open or enter one. */
export const accountHandlers = (
  shop: AccountUseCases,
  { orSee, onlySee, onlyPage }: Answers,
): Pick<Handlers<operations, StorefrontCode>, Ids> => {
  const { mailedLinks, profile, addressBook, accountLists, wishList, privacy, reviews, questions } = shop;
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
    showStepUp: async (asked) => orSee(shop.stepUp.show(requestOf(asked, STEP_UP), asked.query.return_to)),
    stepUpByForm: async (asked) => {
      const { password = '', challenge = '', code = '', return_to: returnTo } = asked.body;
      return orSee(shop.stepUp.prove(requestOf(asked, STEP_UP), { password, challenge, code, returnTo }));
    },
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

    showProfile: async (asked) =>
      onlyPage(profile.show(...ofCustomer(asked, '/account/profile'), asked.query.notice)),
    changeNameByForm: async (asked) => {
      const { first_name: firstName, last_name: lastName } = asked.body;
      return orSee(profile.changeName(...ofAccount(asked, '/account/profile'), { firstName, lastName }));
    },
    changeEmailByForm: async (asked) => {
      const { email, email_password: password } = asked.body;
      return orSee(profile.changeEmail(...ofAccount(asked, '/account/email'), email, password));
    },
    mailConfirmationByForm: async (asked) =>
      onlySee(profile.mailConfirmation(...ofAccount(asked, '/account/email/mail'))),
    changePasswordByForm: async (asked) => {
      const { current_password: current, password: next } = asked.body;
      return orSee(profile.changePassword(...ofAccount(asked, '/account/password'), { current, next }));
    },

    showAddresses: async (asked) =>
      onlyPage(addressBook.show(...ofAccount(asked, '/account/addresses'), asked.query.notice)),
    addAddressByForm: async (asked) => {
      const { body } = asked;
      const who = ofAccount(asked, '/account/addresses');
      return orSee(addressBook.add(...who, toAddress(body), entered(body)));
    },
    showAddress: async (asked) => {
      const { address_id: addressId } = asked.path;
      return onlyPage(addressBook.showOne(...ofAccount(asked, `/account/addresses/${addressId}`), addressId));
    },
    changeAddressByForm: async (asked) => {
      const { body } = asked;
      const { address_id: addressId } = asked.path;
      const who = ofAccount(asked, `/account/addresses/${addressId}`);
      return orSee(addressBook.change(...who, { ...toAddress(body), addressId }, entered(body)));
    },
    chooseDefaultAddress: async (asked) =>
      onlySee(addressBook.makeDefault(...ofAccount(asked, '/account/addresses'), asked.path.address_id)),
    removeAddressByForm: async (asked) =>
      onlySee(addressBook.remove(...ofAccount(asked, '/account/addresses'), asked.path.address_id)),

    showWishList: async (asked) => {
      const { after, notice } = asked.query;
      return onlyPage(wishList.show(...ofCustomer(asked, '/account/wish-list'), after, notice));
    },
    addWishByForm: async (asked) =>
      onlySee(wishList.add(...ofCustomer(asked, '/account/wish-list'), asked.body.product_id)),
    removeWishByForm: async (asked) =>
      onlySee(wishList.remove(...ofCustomer(asked, '/account/wish-list'), asked.path.product_id)),

    showCards: async (asked) =>
      onlyPage(accountLists.showCards(...ofAccount(asked, '/account/cards'), asked.query.notice)),
    removeCard: async (asked) =>
      onlySee(accountLists.removeCard(...ofAccount(asked, '/account/cards'), asked.path.card_id)),
    showSessions: async (asked) =>
      onlyPage(accountLists.showSessions(...ofAccount(asked, '/account/sessions'), asked.query.notice)),
    endOtherSessionsByForm: async (asked) =>
      onlySee(accountLists.endOtherSessions(...ofAccount(asked, '/account/sessions'))),
    endSessionByForm: async (asked) =>
      onlySee(accountLists.endSession(...ofAccount(asked, '/account/sessions'), asked.path.session_id)),

    showMails: async (asked) =>
      onlyPage(privacy.showMails(...ofCustomer(asked, '/account/mails'), asked.query.notice)),
    chooseMails: async (asked) => {
      const { language, ...kinds } = asked.body;
      return onlySee(
        privacy.chooseMails(...ofCustomer(asked, '/account/mails'), language, Object.keys(kinds)),
      );
    },
    showPrivacy: async (asked) =>
      onlyPage(privacy.show(...ofCustomer(asked, '/account/privacy'), asked.query.notice)),
    exportByForm: async (asked) => {
      const who = ofCustomer(asked, '/account/export');
      const exported = await privacy.exportData(...who, asked.body.password);
      if (!exported.ok) return onlySee(exported.error);
      const headers = { 'Content-Disposition': 'attachment; filename="personal-data.zip"' };
      return { status: 200, headers, type: 'application/zip', body: exported.value };
    },
    eraseByForm: async (asked) => {
      const { erase_password: password, confirmed } = asked.body;
      const erasure = { password, isConfirmed: confirmed === 'yes' };
      return onlySee(privacy.erase(...ofCustomer(asked, '/account/erasure'), erasure));
    },

    showOwnReviews: async (asked) => {
      const { cursor, notice } = asked.query;
      return onlyPage(reviews.showOwn(...ofCustomer(asked, '/account/reviews'), cursor, notice));
    },
    showOwnReturns: async (asked) => {
      const { cursor, notice } = asked.query;
      return onlyPage(shop.returns.showOwn(...ofCustomer(asked, '/account/returns'), cursor, notice));
    },
    showReviewForm: async (asked) =>
      onlyPage(reviews.showForm(...ofCustomer(asked, '/account/reviews'), asked.path.product_id)),
    writeReview: async (asked) => {
      const [request, customer] = ofCustomer(asked, '/account/reviews');
      const take = (file: AsyncIterable<Uint8Array>) => reviews.takePicture(request, file);
      const written = toReview(await asked.body.read(REVIEW_LIMITS, take));
      return orSee(reviews.write(request, customer, asked.path.product_id, written));
    },
    deleteReviewByForm: async (asked) =>
      onlySee(reviews.remove(...ofCustomer(asked, '/account/reviews'), asked.path.product_id)),
    showQuestionForm: async (asked) => {
      const { product_id: productId } = asked.path;
      const request = requestOf(asked, '/account/questions');
      return onlyPage(questions.showForm(request, productId, asked.query.notice));
    },
    askByForm: async (asked) =>
      orSee(questions.ask(requestOf(asked, '/account/questions'), asked.path.product_id, asked.body.text)),
  };
};
