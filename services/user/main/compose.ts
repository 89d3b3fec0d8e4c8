import { Container, ContainerModule } from 'inversify';
import { derivedSealingKey, makeSealing, sealingKeys } from '#adapters/auth/sealing.ts';
import { publicJwk } from '#adapters/auth/tokens.ts';
import { makeUserSigner } from '#adapters/auth/user-tokens.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import { makeMapper } from '#adapters/postgres/mikro-orm.ts';
import { InvalidConfig } from '#adapters/service/config.ts';
import type { Attachment, Composition, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer, makeWorker, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { openReplica } from '#adapters/service/replica.ts';
import type { Sweep } from '#adapters/service/sweeps.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { DAY, HOUR, SECOND } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers, type UserUseCases } from '../adapters/http/handlers.ts';
import { httpHolders } from '../adapters/clients/holders.http.ts';
import { memoryErasureQueries, memoryErasures } from '../adapters/memory/memory-erasures.ts';
import {
  memoryAttemptCounters,
  memoryChallenges,
  memoryEmailProofs,
  memoryFactorQueries,
  memoryFactorRepository,
  memoryKnownPlaces,
  memoryPasswordResets,
  memorySessionQueries,
  memorySessionRepository,
  memoryUserDirectory,
  memoryUserQueries,
  memoryUserRepository,
  memoryWallets,
} from '../adapters/memory/memory-users.ts';
import { memoryAuditLog, memoryAuditQueries } from '../adapters/memory/memory-audit.ts';
import { auditHandlers } from '../adapters/messaging/consumer.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { postgresAttemptCounters } from '../adapters/postgres/attempts.postgres.ts';
import { postgresErasureQueries, postgresErasures } from '../adapters/postgres/erasures.postgres.ts';
import { postgresAuditLog, postgresAuditQueries } from '../adapters/postgres/audit.postgres.ts';
import {
  postgresChallenges,
  postgresFactorQueries,
  postgresFactorRepository,
} from '../adapters/postgres/factors.postgres.ts';
import { postgresKnownPlaces } from '../adapters/postgres/known-places.postgres.ts';
import { postgresEmailProofs, postgresPasswordResets } from '../adapters/postgres/mailed-tokens.postgres.ts';
import { replicatedUserQueries, settlingUnitOfWork } from '../adapters/postgres/replicated-users.ts';
import { postgresSessionQueries, postgresSessionRepository } from '../adapters/postgres/sessions.postgres.ts';
import { postgresUserDirectory } from '../adapters/postgres/user-directory.postgres.ts';
import {
  mikroOrmUserQueries,
  mikroOrmUserRepository,
} from '../adapters/postgres/user-repository.mikro-orm.ts';
import { AddressEntity, UserEntity } from '../adapters/postgres/user.entities.ts';
import { postgresWallets } from '../adapters/postgres/wallets.postgres.ts';
import { argon2Passwords } from '../adapters/security/argon2-passwords.ts';
import { jwtAccessTokens } from '../adapters/security/jwt-access-tokens.ts';
import { keyedSecrets } from '../adapters/security/keyed-secrets.ts';
import { leakedPasswordsService, noLeakedPasswords } from '../adapters/security/leaked-passwords.http.ts';
import { listedCommonPasswords } from '../adapters/security/listed-common-passwords.ts';
import { makeErasePerson } from '../adapters/tasks/erase-person.ts';
import { sha256 } from '../adapters/security/sha256.ts';
import { otpauthTotp } from '../adapters/security/otpauth-totp.ts';
import { signedDevices } from '../adapters/security/signed-devices.ts';
import { webauthnPasskeys } from '../adapters/security/webauthn-passkeys.ts';
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
import { makeCheckNewPassword, type CheckNewPassword } from '../core/application/check-new-password.ts';
import { makeConfigureAccount } from '../core/application/configure-account.ts';
import { makeConfirmPasswordReset } from '../core/application/confirm-password-reset.ts';
import { makeRecordErased, makeRequestErasure } from '../core/application/erase-person.ts';
import { makeExportPerson } from '../core/application/export-person.ts';
import { makeForgetOld } from '../core/application/forget-old.ts';
import { makeGiveAccess } from '../core/application/grant.ts';
import { makeGuesses } from '../core/application/guesses.ts';
import { makeLogIn } from '../core/application/log-in.ts';
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
} from '../core/application/payment-methods.ts';
import { makeProveSecondFactor } from '../core/application/prove-second-factor.ts';
import { makeRefreshSession } from '../core/application/refresh-session.ts';
import { makeRegisterUser } from '../core/application/register-user.ts';
import {
  makeIssuePasswordReset,
  makeRequestPasswordReset,
} from '../core/application/request-password-reset.ts';
import { makeEndOtherSessions, makeEndSession, makeListSessions } from '../core/application/sessions.ts';
import { makeStepUp, makeStepUpWithFactor } from '../core/application/step-up.ts';
import { makeUpdateProfile } from '../core/application/update-profile.ts';
import {
  makeConfirmEmail,
  makeMailProof,
  makeRequestVerification,
} from '../core/application/verify-email.ts';
import { GUESS_LIMITS } from '../core/domain/attempts.ts';
import { makeCheckPassword } from '../core/domain/password.ts';
import type { AuditQueries } from '../core/ports/audit-queries.ts';
import type { Passkeys, Sealer, Totp } from '../core/ports/authenticators.ts';
import type { Devices } from '../core/ports/devices.ts';
import type { Passwords } from '../core/ports/passwords.ts';
import type { AccessTokens, Secrets } from '../core/ports/tokens.ts';
import type {
  ErasureQueries,
  FactorQueries,
  SessionQueries,
  UserDirectory,
  UserQueries,
} from '../core/ports/user-queries.ts';
import type { UserTx } from '../core/ports/user-tx.ts';
import { readUserConfig, type UserConfig } from './config.ts';

/** Chosen by the profile: where state is stored. */
export const Storage = {
  UnitOfWork: token<UnitOfWork<UserTx>>('UnitOfWork'),
  /** Reads the latest committed state, for security decisions. */
  Queries: token<UserQueries>('Queries'),
  /** Reads for display, possibly from a replica; includes every confirmed change. */
  Reads: token<UserQueries>('Reads'),
  Sessions: token<SessionQueries>('Sessions'),
  Directory: token<UserDirectory>('Directory'),
  Erasures: token<ErasureQueries>('Erasures'),
  Audit: token<AuditQueries>('AuditQueries'),
  Factors: token<FactorQueries>('Factors'),
  /** What the storage starts and stops. */
  Attachments: token<readonly Attachment[]>('Attachments'),
};

const ENTITIES = [UserEntity, AddressEntity];

export const storage = (toolbox: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { store } = toolbox;
    if (store.kind === 'memory') {
      const { database } = store;
      bind(Storage.UnitOfWork).toResolvedValue(() =>
        memoryUnitOfWork(
          toolbox,
          database,
          (tx) => ({
            users: memoryUserRepository(tx),
            sessions: memorySessionRepository(tx),
            attempts: memoryAttemptCounters(tx),
            resets: memoryPasswordResets(tx),
            proofs: memoryEmailProofs(tx),
            places: memoryKnownPlaces(tx),
            erasures: memoryErasures(tx),
            audit: memoryAuditLog(tx),
            factors: memoryFactorRepository(tx),
            challenges: memoryChallenges(tx),
            wallets: memoryWallets(tx),
          }),
          audited,
        ),
      );
      bind(Storage.Queries).toResolvedValue(() => memoryUserQueries(database));
      bind(Storage.Reads).toResolvedValue(() => memoryUserQueries(database));
      bind(Storage.Sessions).toResolvedValue(() => memorySessionQueries(database));
      bind(Storage.Directory).toResolvedValue(() => memoryUserDirectory(database));
      bind(Storage.Erasures).toResolvedValue(() => memoryErasureQueries(database));
      bind(Storage.Audit).toResolvedValue(() => memoryAuditQueries(database));
      bind(Storage.Factors).toResolvedValue(() => memoryFactorQueries(database));
      bind(Storage.Attachments).toConstantValue([]);
    } else {
      const mapper = makeMapper(store.database, ENTITIES);
      const queries = mikroOrmUserQueries(mapper);
      const unitOfWork = sqlUnitOfWork(
        toolbox,
        store,
        (tx) => ({
          users: mikroOrmUserRepository(tx, mapper),
          sessions: postgresSessionRepository(tx),
          attempts: postgresAttemptCounters(tx),
          resets: postgresPasswordResets(tx),
          proofs: postgresEmailProofs(tx),
          places: postgresKnownPlaces(tx),
          erasures: postgresErasures(tx),
          audit: postgresAuditLog(tx),
          factors: postgresFactorRepository(tx),
          challenges: postgresChallenges(tx),
          wallets: postgresWallets(tx),
        }),
        audited,
      );
      const opened = openReplica(toolbox, store.database);
      const fromReplica = opened && mikroOrmUserQueries(makeMapper(opened.database, ENTITIES));
      bind(Storage.UnitOfWork).toConstantValue(
        opened ? settlingUnitOfWork(unitOfWork, opened.replica) : unitOfWork,
      );
      bind(Storage.Queries).toConstantValue(queries);
      bind(Storage.Reads).toConstantValue(
        fromReplica ? replicatedUserQueries(opened.replica, fromReplica, queries) : queries,
      );
      bind(Storage.Sessions).toConstantValue(postgresSessionQueries(store.database));
      bind(Storage.Directory).toConstantValue(postgresUserDirectory(store.database));
      bind(Storage.Erasures).toConstantValue(postgresErasureQueries(store.database));
      bind(Storage.Audit).toConstantValue(postgresAuditQueries(store.database));
      bind(Storage.Factors).toConstantValue(postgresFactorQueries(store.database));
      bind(Storage.Attachments).toConstantValue(opened ? [opened.attachment] : []);
    }
  });

/** Calls about personal data: nobody waits for them in a shop's page, and they may be repeated. */
const UNHURRIED = { timeoutMs: 10 * SECOND, retries: 1 };

/** Passwords, tokens and secrets. */
export interface Security {
  readonly checkPassword: CheckNewPassword;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly tokens: AccessTokens;
  readonly totp: Totp;
  readonly sealer: Sealer;
  readonly passkeys: Passkeys;
  readonly devices: Devices;
  /** Whether staff need a second factor. */
  readonly isFactorRequired: boolean;
}

export const openSecurity = async (
  { key, issuer, logger, profile }: Toolbox,
  config: UserConfig,
): Promise<Security> => {
  const common = await listedCommonPasswords();
  const leakedUrl = config.USER_LEAKED_PASSWORDS_URL;
  return {
    checkPassword: makeCheckNewPassword(
      makeCheckPassword((lower) => common.has(lower), config.SHOP_NAME),
      leakedUrl === undefined ? noLeakedPasswords : leakedPasswordsService(leakedUrl, logger),
    ),
    passwords: await argon2Passwords({
      memoryKib: config.USER_ARGON2_MEMORY_KIB,
      iterations: config.USER_ARGON2_ITERATIONS,
      parallelism: config.USER_ARGON2_PARALLELISM,
      concurrency: config.USER_ARGON2_CONCURRENCY,
      queue: config.USER_ARGON2_QUEUE,
    }),
    secrets: keyedSecrets(key),
    totp: otpauthTotp(config.SHOP_NAME),
    passkeys: webauthnPasskeys(config.SHOP_NAME, config.USER_PASSKEY_ORIGINS),
    devices: signedDevices(key),
    sealer: makeSealing(config.USER_SECRETS_KEY ?? sealingKeys.parse(derivedSealingKey(key))),
    isFactorRequired:
      (config.USER_STAFF_SECOND_FACTOR ?? (profile === 'distributed' ? 'required' : 'optional')) ===
      'required',
    tokens: jwtAccessTokens(await makeUserSigner(key, issuer), config.USER_ACCESS_TOKEN_S),
  };
};

/** The service without its transports. */
export const assemble = (toolbox: Toolbox, config: UserConfig, security: Security) => {
  const { ids, clock } = toolbox;
  const { checkPassword, passwords, secrets, tokens, totp, sealer, passkeys, devices, isFactorRequired } =
    security;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const unitOfWork = container.get(Storage.UnitOfWork);
  const queries = container.get(Storage.Queries);

  const lifetime = { idle: config.USER_REFRESH_TOKEN_DAYS * DAY, absolute: config.USER_SESSION_DAYS * DAY };
  const accessMs = config.USER_ACCESS_TOKEN_S * SECOND;
  const limits = { ...GUESS_LIMITS, network: config.USER_GUESSES_PER_NETWORK };
  const guesses = makeGuesses(unitOfWork, passwords, secrets, clock, limits);
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
    devices,
    secrets,
    clock,
    toWire,
  });
  const stepping = { unitOfWork, queries, guesses, startChallenge, proveFactor, giveAccess, clock };
  const changing = { unitOfWork, checkPassword, passwords, secrets, clock, accessMs, toWire };
  const proveOwner = makeProveOwner(queries, provePassword);
  const holders = httpHolders({
    cart: toolbox.client('cart', UNHURRIED),
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
    unitOfWork,
  );
  const factoring = { unitOfWork, totp, sealer, passkeys, secrets, clock, accessMs, toWire };
  const mailProof = makeMailProof({ secrets, clock, toWire });
  const useCases: UserUseCases = {
    queries: container.get(Storage.Reads),
    registerUser: makeRegisterUser({ ...changing, ids, mailProof }),
    updateProfile: makeUpdateProfile(unitOfWork, clock, toWire),
    requestVerification: makeRequestVerification(unitOfWork, mailProof),
    confirmEmail: makeConfirmEmail(changing),
    changeEmail: makeChangeEmail(unitOfWork, queries, provePassword, mailProof, clock, toWire),
    changePassword: makeChangePassword({ ...changing, queries, provePassword }),
    requestPasswordReset: makeRequestPasswordReset(unitOfWork, secrets, ids, clock),
    confirmPasswordReset: makeConfirmPasswordReset(changing),
    logIn: makeLogIn(guesses, startChallenge, openSession, devices, clock),
    proveSecondFactor: makeProveSecondFactor(proveFactor, openSession),
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
    erasures: container.get(Storage.Erasures),
    listSessions: makeListSessions(queries, container.get(Storage.Sessions), clock),
    endSession: makeEndSession({ unitOfWork, clock, accessMs, toWire }),
    endOtherSessions: makeEndOtherSessions({ unitOfWork, clock, accessMs, toWire }),
    addPaymentMethod: makeAddPaymentMethod({ unitOfWork, sealer, ids, clock }),
    listPaymentMethods: makeListPaymentMethods({ unitOfWork }),
    chooseDefaultPaymentMethod: makeChooseDefaultPaymentMethod({ unitOfWork }),
    removePaymentMethod: makeRemovePaymentMethod({ unitOfWork }),
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
