import { dataOf, type Schemas, type ShopClient } from '#client/index.ts';
import type { Account, MailChoices, Proof, UserSession } from '../../core/ports/account.ts';
import type { Language } from '../../core/ports/shop.ts';
import { fromAddress, toAddress } from './mapping.ts';
import { answered, decided, done } from './refusals.ts';

export const ofUser = (userId: string) => ({ path: { user_id: userId } });

const toSession = (session: Schemas['Session']): UserSession => ({
  sessionId: session.session_id,
  device: session.device,
  lastUsedAt: new Date(session.last_used_at),
  isCurrent: session.is_current,
});

const toProof = ({ access_token, expires_in }: Schemas['AccessGrant']): Proof => ({
  sealed: { access_token, expires_in },
});

/** Of users of the OIDC provider, their login is the proof. */
const ownerProof = (password: string | undefined) =>
  password === undefined ? {} : { current_password: password };

type Preferences = Schemas['Preferences'];

const toLanguage = (locale: string): Language => (locale === 'de' ? 'de' : 'en');

const isMail = ({ channel, can_change: canChange }: Preferences['choices'][number]): boolean =>
  channel === 'email' && canChange;

const toMailChoices = ({ locale, choices }: Preferences): MailChoices => ({
  language: toLanguage(locale),
  kinds: choices.filter(isMail).map(({ kind, is_on: isWanted }) => ({ kind, isWanted })),
});

/** The preferences with other mails; all else stays as it is. */
const withMails = (
  { user_id: _user, version: _version, is_phone_confirmed: _confirmed, choices, ...kept }: Preferences,
  language: Language,
  kinds: readonly string[],
): Schemas['PreferencesInput'] => ({
  ...kept,
  locale: language,
  choices: choices
    .filter(({ can_change: canChange }) => canChange)
    .map(({ kind, channel, is_on: isOn, frequency }) => ({
      kind,
      channel: channel as 'email', // the response names no others than the request may
      is_on: channel === 'email' ? kinds.includes(kind) : isOn,
      ...(frequency === undefined ? {} : { frequency: frequency as 'daily' }),
    })),
});

/**
 * @param patient for what takes long to send
 * @param device header with the token of the visitor's device
 */
export const accountOf = (
  api: ShopClient,
  patient: ShopClient,
  device: { readonly 'Device-Token'?: string },
): Account => {
  const preferencesOf = (userId: string): Promise<Preferences> =>
    answered(dataOf(api.GET('/api/v1/users/{user_id}/notification-preferences', { params: ofUser(userId) })));
  return {
    requestPasswordReset: (email) => done(api.POST('/api/v1/auth/password-reset', { body: { email } })),
    resetPassword: (token, password) => {
      const body = { token, new_password: password };
      return done(api.POST('/api/v1/auth/password-reset/confirm', { params: { header: device }, body }));
    },
    confirmEmail: (token) => done(api.POST('/api/v1/auth/email/confirm', { body: { token } })),

    profile: async (userId) => {
      const profile = await answered(dataOf(api.GET('/api/v1/users/{user_id}', { params: ofUser(userId) })));
      return {
        email: profile.email,
        isEmailConfirmed: profile.email_verified ?? false,
        firstName: profile.first_name,
        lastName: profile.last_name,
      };
    },
    changeName: (userId, firstName, lastName) => {
      const body = { first_name: firstName, last_name: lastName };
      return done(api.PUT('/api/v1/users/{user_id}', { params: ofUser(userId), body }));
    },
    changeEmail: (userId, email, password) => {
      const body = { new_email: email, current_password: password };
      return done(api.POST('/api/v1/users/{user_id}/email', { params: ofUser(userId), body }));
    },
    mailConfirmation: (userId) =>
      done(api.POST('/api/v1/users/{user_id}/email-verification', { params: ofUser(userId) })),
    changePassword: (userId, { current, next }) => {
      const params = { ...ofUser(userId), header: device };
      const body = { current_password: current, new_password: next };
      const changed = api.POST('/api/v1/users/{user_id}/password', { params, body });
      return decided(changed.then(({ response }) => response.headers.get('device-token') ?? undefined));
    },

    addresses: async (userId) => {
      const book = api.GET('/api/v1/users/{user_id}/addresses', { params: ofUser(userId) });
      return (await answered(dataOf(book))).items.map(toAddress);
    },
    addAddress: async (userId, address) => {
      const body = { ...fromAddress(address), default_shipping: false, default_billing: false };
      const added = api.POST('/api/v1/users/{user_id}/addresses', { params: ofUser(userId), body });
      return decided(dataOf(added).then(toAddress));
    },
    changeAddress: (userId, { addressId, isDefault, ...address }) => {
      const params = { path: { user_id: userId, address_id: addressId } };
      const body = { ...fromAddress(address), default_shipping: isDefault, default_billing: isDefault };
      return done(api.PUT('/api/v1/users/{user_id}/addresses/{address_id}', { params, body }));
    },
    removeAddress: (userId, addressId) => {
      const params = { path: { user_id: userId, address_id: addressId } };
      return done(api.DELETE('/api/v1/users/{user_id}/addresses/{address_id}', { params }));
    },

    wishes: async (userId) => {
      const list = api.GET('/api/v1/users/{user_id}/wish-list', { params: ofUser(userId) });
      return (await answered(dataOf(list))).items.map((wish) => wish.product_id);
    },
    addWish: (userId, productId) => {
      const params = { path: { user_id: userId, product_id: productId } };
      return done(api.PUT('/api/v1/users/{user_id}/wish-list/{product_id}', { params }));
    },
    removeWish: (userId, productId) => {
      const params = { path: { user_id: userId, product_id: productId } };
      return done(api.DELETE('/api/v1/users/{user_id}/wish-list/{product_id}', { params }));
    },

    cards: async (userId) => {
      const methods = api.GET('/api/v1/users/{user_id}/payment-methods', { params: ofUser(userId) });
      return (await answered(dataOf(methods))).items.map((card) => ({
        cardId: card.payment_method_id,
        brand: card.brand,
        last4: card.last4,
        month: card.exp_month,
        year: card.exp_year,
        isDefault: card.is_default,
      }));
    },
    removeCard: (userId, cardId) => {
      const params = { path: { user_id: userId, payment_method_id: cardId } };
      return done(api.DELETE('/api/v1/users/{user_id}/payment-methods/{payment_method_id}', { params }));
    },

    sessions: async (userId) => {
      const sessions = api.GET('/api/v1/users/{user_id}/sessions', { params: ofUser(userId) });
      return (await answered(dataOf(sessions))).items.map(toSession);
    },
    endSession: (userId, sessionId) => {
      const params = { path: { user_id: userId, session_id: sessionId } };
      return done(api.DELETE('/api/v1/users/{user_id}/sessions/{session_id}', { params }));
    },
    endOtherSessions: (userId) => {
      const params = { ...ofUser(userId), header: device };
      return done(api.DELETE('/api/v1/users/{user_id}/sessions', { params }));
    },

    stepUp: (password) =>
      decided(dataOf(api.POST('/api/v1/auth/step-up', { body: { password } })).then(toProof)),
    stepUpWithFactor: (challenge, code) =>
      decided(
        dataOf(api.POST('/api/v1/auth/step-up/second-factor', { body: { challenge, code } })).then(toProof),
      ),
    exportData: (userId, password) => {
      const exported = patient.POST('/api/v1/users/{user_id}/personal-data/export', {
        params: ofUser(userId),
        body: ownerProof(password),
        parseAs: 'stream',
      });
      return decided(
        exported.then(({ data }) => {
          if (!data) throw new Error('an export without a file');
          return data;
        }),
      );
    },
    erase: (userId, password) => {
      const body = ownerProof(password);
      return done(api.POST('/api/v1/users/{user_id}/erasure', { params: ofUser(userId), body }));
    },

    mails: async (userId) => toMailChoices(await preferencesOf(userId)),
    chooseMails: async (userId, language, kinds) => {
      const preferences = await preferencesOf(userId);
      const path = '/api/v1/users/{user_id}/notification-preferences';
      return done(api.PUT(path, { params: ofUser(userId), body: withMails(preferences, language, kinds) }));
    },
  };
};
