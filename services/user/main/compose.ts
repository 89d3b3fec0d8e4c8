import { Container } from 'inversify';
import { publicJwk } from '#adapters/auth/tokens.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import { InvalidConfig } from '#adapters/service/config.ts';
import type { Attachment, Composition, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer, makeWorker, UNHURRIED_MS } from '#adapters/service/parts.ts';
import type { Sweep } from '#adapters/service/sweeps.ts';
import { DAY, HOUR, SECOND } from '#kernel/clock.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers, type UserUseCases } from '../adapters/http/handlers.ts';
import { httpAvatars } from '../adapters/clients/avatars.http.ts';
import { httpHolders } from '../adapters/clients/holders.http.ts';
import { httpPaymentTokens } from '../adapters/clients/payment-tokens.http.ts';
import { auditHandlers } from '../adapters/messaging/consumer.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeErasePerson } from '../adapters/tasks/erase-person.ts';
import { sha256 } from '../adapters/security/sha256.ts';
import { makeMailPasswordReset } from '../adapters/tasks/mail-password-reset.ts';
import {
  makeAddAddress,
  makeRemoveAddress,
  makeUpdateAddress,
} from '../core/application/change-addresses.ts';
import { makeRecordActs } from '../core/application/audit-trail.ts';
import { makeProveFactor, makeStartChallenge } from '../core/application/challenges.ts';
import { makeChangeEmail } from '../core/application/change-email.ts';
import { makeChangePassword } from '../core/application/change-password.ts';
import { makeConfigureAccount } from '../core/application/configure-account.ts';
import { makeConfirmPasswordReset } from '../core/application/confirm-password-reset.ts';
import { makeRecordErased, makeRepeatErasure, makeRequestErasure } from '../core/application/erase-person.ts';
import { makeExportPerson } from '../core/application/export-person.ts';
import { makeForgetOld } from '../core/application/forget-old.ts';
import { makeGiveAccess } from '../core/application/grant.ts';
import { makeGuesses } from '../core/application/guesses.ts';
import { makeLogIn } from '../core/application/log-in.ts';
import { makeBeginPasskeyLogin, makeLogInWithPasskey } from '../core/application/log-in-with-passkey.ts';
import { makeLogOut } from '../core/application/log-out.ts';
import {
  makeBeginPasskey,
  makeBeginTotp,
  makeConfirmPasskey,
  makeConfirmTotp,
  makeRemovePasskey,
  makeRemoveTotp,
  makeReplaceRecoveryCodes,
  makeResetFactors,
} from '../core/application/manage-factors.ts';
import { makeAssignRoles, makeInviteUser, makeSetActive } from '../core/application/manage-users.ts';
import { makeOwnPersonalData } from '../core/application/own-personal-data.ts';
import { makeProveOwner } from '../core/application/prove-owner.ts';
import { makeOpenSession } from '../core/application/open-session.ts';
import {
  makeAddPaymentMethod,
  makeChooseDefaultPaymentMethod,
  makeListPaymentMethods,
  makeRemovePaymentMethod,
  makeUsePaymentMethod,
} from '../core/application/payment-methods.ts';
import { makeProveSecondFactor } from '../core/application/prove-second-factor.ts';
import { makeRefreshSession } from '../core/application/refresh-session.ts';
import { makeRegisterUser } from '../core/application/register-user.ts';
import {
  makeIssuePasswordReset,
  makeRequestPasswordReset,
} from '../core/application/request-password-reset.ts';
import { makeRemoveView, makeSaveView } from '../core/application/saved-views.ts';
import { makeEndOtherSessions, makeEndSession, makeListSessions } from '../core/application/sessions.ts';
import { makeStepUp, makeStepUpWithFactor } from '../core/application/step-up.ts';
import { makeUpdateProfile } from '../core/application/update-profile.ts';
import {
  makeConfirmEmail,
  makeMailProof,
  makeRequestVerification,
} from '../core/application/verify-email.ts';
import { GUESS_LIMITS } from '../core/domain/attempts.ts';
import { makeAddWish, makeRemoveWish } from '../core/application/wish-list.ts';
import type { AuditQueries } from '../core/ports/audit-queries.ts';
import type { ErasureQueries } from '../core/ports/user-queries.ts';
import { readUserConfig, type UserConfig } from './config.ts';
import { openSecurity, type Security } from './security.ts';
import { Storage, storage } from './storage.ts';

/** Calls about personal data: nobody waits for them in a shop's page, and they may be repeated. */
const UNHURRIED = { timeoutMs: 10 * SECOND, retries: 1 };

/** The service without its transports. */
export const assemble = (toolbox: Toolbox, config: UserConfig, security: Security) => {
  const { ids, clock } = toolbox;
  const { checkPassword, passwords, secrets, tokens, totp, sealer, passkeys, devices } = security;
  const { loginChallenges, isFactorRequired } = security;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const unitOfWork = container.get(Storage.UnitOfWork);
  const queries = container.get(Storage.Queries);

  const lifetime = { idle: config.USER_REFRESH_TOKEN_DAYS * DAY, absolute: config.USER_SESSION_DAYS * DAY };
  const accessMs = config.USER_ACCESS_TOKEN_S * SECOND;
  const limits = { ...GUESS_LIMITS, network: config.USER_GUESSES_PER_NETWORK };
  const guesses = makeGuesses({ unitOfWork, passwords, secrets, devices, clock, limits });
  const { prove: provePassword } = guesses;
  const giveAccess = makeGiveAccess(tokens, clock, isFactorRequired);
  const openSession = makeOpenSession({
    unitOfWork,
    giveAccess,
    secrets,
    devices,
    ids,
    clock,
    lifetime,
    toWire,
  });
  const startChallenge = makeStartChallenge(unitOfWork, secrets, clock);
  const proveFactor = makeProveFactor({
    unitOfWork,
    guesses,
    totp,
    sealer,
    passkeys,
    secrets,
    clock,
    toWire,
  });
  const stepping = { unitOfWork, queries, guesses, startChallenge, proveFactor, giveAccess, clock };
  const changing = { unitOfWork, checkPassword, passwords, secrets, devices, clock, accessMs, toWire };
  const proveOwner = makeProveOwner(queries, provePassword);
  const holders = httpHolders({
    analytics: toolbox.client('analytics', UNHURRIED),
    cart: toolbox.client('cart', UNHURRIED),
    media: toolbox.client('media', UNHURRIED),
    notification: toolbox.client('notification', UNHURRIED),
    order: toolbox.client('order', UNHURRIED),
    payment: toolbox.client('payment', UNHURRIED),
    review: toolbox.client('review', UNHURRIED),
    shipping: toolbox.client('shipping', UNHURRIED),
  });
  const own = makeOwnPersonalData(
    queries,
    container.get(Storage.Sessions),
    container.get(Storage.Factors),
    container.get(Storage.Views),
    container.get(Storage.Wishes),
    unitOfWork,
  );
  const factoring = { unitOfWork, totp, sealer, passkeys, secrets, clock, accessMs, toWire };
  const mailProof = makeMailProof({ secrets, clock, toWire });
  const useCases: UserUseCases = {
    queries: container.get(Storage.Reads),
    registerUser: makeRegisterUser({ ...changing, ids, mailProof }),
    updateProfile: makeUpdateProfile(
      unitOfWork,
      httpAvatars(toolbox.client('media', { retries: 1 })),
      clock,
      toWire,
    ),
    requestVerification: makeRequestVerification(unitOfWork, mailProof),
    confirmEmail: makeConfirmEmail(changing),
    changeEmail: makeChangeEmail(unitOfWork, queries, provePassword, mailProof, clock, toWire),
    changePassword: makeChangePassword({ ...changing, queries, provePassword }),
    requestPasswordReset: makeRequestPasswordReset(unitOfWork, secrets, ids, clock),
    confirmPasswordReset: makeConfirmPasswordReset(changing),
    logIn: makeLogIn(guesses, startChallenge, openSession),
    proveSecondFactor: makeProveSecondFactor(proveFactor, openSession),
    beginPasskeyLogin: makeBeginPasskeyLogin({ passkeys, challenges: loginChallenges, clock }),
    logInWithPasskey: makeLogInWithPasskey({
      unitOfWork,
      guesses,
      passkeys,
      challenges: loginChallenges,
      secrets,
      openSession,
      clock,
    }),
    stepUp: makeStepUp(stepping),
    stepUpWithFactor: makeStepUpWithFactor(stepping),
    factors: container.get(Storage.Factors),
    isFactorRequired,
    beginTotp: makeBeginTotp(factoring),
    confirmTotp: makeConfirmTotp(factoring),
    removeTotp: makeRemoveTotp(factoring),
    beginPasskey: makeBeginPasskey(factoring),
    confirmPasskey: makeConfirmPasskey(factoring),
    removePasskey: makeRemovePasskey(factoring),
    replaceRecoveryCodes: makeReplaceRecoveryCodes(factoring),
    resetFactors: makeResetFactors(factoring),
    refreshSession: makeRefreshSession(unitOfWork, giveAccess, secrets, clock, lifetime, accessMs, toWire),
    logOut: makeLogOut(unitOfWork, secrets, clock, accessMs, toWire),
    directory: container.get(Storage.Directory),
    auditTrail: container.get(Storage.Audit),
    inviteUser: makeInviteUser({ ...changing, ids }),
    assignRoles: makeAssignRoles(changing),
    setActive: makeSetActive(changing),
    exportPerson: makeExportPerson(proveOwner, own, holders, clock),
    requestErasure: makeRequestErasure({ ...changing, ids, proveOwner, holders: holders.names }),
    repeatErasure: makeRepeatErasure({ unitOfWork, holders: holders.names }),
    erasures: container.get(Storage.Erasures),
    shopName: config.SHOP_NAME,
    listSessions: makeListSessions(queries, container.get(Storage.Sessions), clock),
    endSession: makeEndSession({ unitOfWork, clock, accessMs, toWire }),
    endOtherSessions: makeEndOtherSessions({ unitOfWork, clock, accessMs, toWire, devices }),
    views: container.get(Storage.Views),
    saveView: makeSaveView(unitOfWork),
    removeView: makeRemoveView(unitOfWork),
    wishes: container.get(Storage.Wishes),
    addWish: makeAddWish(unitOfWork, clock),
    removeWish: makeRemoveWish(unitOfWork),
    addPaymentMethod: makeAddPaymentMethod({ unitOfWork, sealer, ids, clock }),
    listPaymentMethods: makeListPaymentMethods({ unitOfWork }),
    chooseDefaultPaymentMethod: makeChooseDefaultPaymentMethod({ unitOfWork }),
    removePaymentMethod: makeRemovePaymentMethod({ unitOfWork }),
    usePaymentMethod: makeUsePaymentMethod({
      unitOfWork,
      sealer,
      tokens: httpPaymentTokens(toolbox.client('payment')),
      clock,
    }),
    addAddress: makeAddAddress(unitOfWork, ids, clock),
    updateAddress: makeUpdateAddress(unitOfWork, clock),
    removeAddress: makeRemoveAddress(unitOfWork, clock),
  };
  return {
    unitOfWork,
    useCases,
    configureAccount: makeConfigureAccount(
      unitOfWork,
      checkPassword,
      passwords,
      ids,
      clock,
      accessMs,
      toWire,
    ),
    forgetOld: makeForgetOld(unitOfWork, clock),
    audit: container.get(Storage.Audit),
    mailPasswordReset: makeMailPasswordReset(makeIssuePasswordReset(secrets, clock, toWire)),
    erasePerson: makeErasePerson(holders, makeRecordErased(clock, toWire)),
    attachments: container.get(Storage.Attachments),
  };
};

/** Creates or updates the configured accounts when the service starts. */
const configuredAccounts = (
  accounts: UserConfig['USER_ACCOUNTS'],
  configureAccount: ReturnType<typeof makeConfigureAccount>,
): Attachment => ({
  start: async () => {
    for (const [index, { first_name, last_name, ...account }] of accounts.entries()) {
      const configured = await configureAccount({ ...account, firstName: first_name, lastName: last_name });
      if (!configured.ok) throw new InvalidConfig([`USER_ACCOUNTS.${index}: ${configured.error.detail}`]);
    }
  },
  stop: () => Promise.resolve(),
});

/** Notes the last entry in the security log: a copy of that log elsewhere shows whether the trail was cut or rewritten. */
const noteHead =
  (audit: Pick<AuditQueries, 'head'>, security: SecurityLog): Sweep['sweep'] =>
  async () => {
    const { seq, hash } = await audit.head();
    security.note('audit_head', { details: { head: `${seq}:${hash}` } });
  };

/** An erasure that a service does not confirm is to be noticed. */
const watchErasures = (
  { metrics, clock }: Toolbox,
  erasures: Pick<ErasureQueries, 'oldestOpen'>,
): Attachment => ({
  start: async () => {
    metrics.gauge(
      'erasure_oldest_seconds',
      'Age of the oldest erasure that not all services have confirmed; 0 if there is none',
      [],
      async (gauge) => {
        const since = await erasures.oldestOpen();
        gauge.set(since ? (clock.now().getTime() - since.getTime()) / SECOND : 0);
      },
    );
    await Promise.resolve();
  },
  stop: () => Promise.resolve(),
});

export const compose = async (toolbox: Toolbox): Promise<Composition> => {
  const config = readUserConfig(toolbox.env);
  const service = assemble(toolbox, config, await openSecurity(toolbox, config));
  const { unitOfWork, useCases, configureAccount, forgetOld, audit, attachments } = service;
  const publicKey = { ...publicJwk(toolbox.key), kty: 'OKP', kid: toolbox.key.kid };
  return {
    handlers: makeHandlers(useCases, publicKey, toolbox.security),
    errors,
    consumers: [
      makeConsumer(toolbox, unitOfWork, 'user.audit', auditHandlers(makeRecordActs(sha256)), {
        gatherMs: UNHURRIED_MS,
      }),
    ],
    workers: [
      makeWorker(toolbox, unitOfWork, service.mailPasswordReset),
      makeWorker(toolbox, unitOfWork, service.erasePerson),
    ],
    attachments: [
      ...attachments,
      configuredAccounts(config.USER_ACCOUNTS, configureAccount),
      watchErasures(toolbox, useCases.erasures),
    ],
    sweeps: [
      { name: 'sessions, resets and attempts that are over', everyMs: HOUR, sweep: forgetOld },
      { name: 'the head of the audit trail', everyMs: HOUR, sweep: noteHead(audit, toolbox.security) },
    ],
  };
};
