import { ContainerModule } from 'inversify';
import type { Toolbox } from '#adapters/service/module.ts';
import { token } from '#adapters/service/token.ts';
import { DAY, SECOND } from '#kernel/clock.ts';
import type { TaskHandler } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { UserUseCases } from '../adapters/http/handlers.ts';
import {
  makeAddAddress,
  makeRemoveAddress,
  makeUpdateAddress,
} from '../core/application/change-addresses.ts';
import { makeChangePassword } from '../core/application/change-password.ts';
import { makeConfigureAccount } from '../core/application/configure-account.ts';
import { makeConfirmPasswordReset } from '../core/application/confirm-password-reset.ts';
import { makeForgetOld } from '../core/application/forget-old.ts';
import { makeLogIn } from '../core/application/log-in.ts';
import { makeLogOut } from '../core/application/log-out.ts';
import { makeProvePassword } from '../core/application/prove-password.ts';
import { makeRefreshSession } from '../core/application/refresh-session.ts';
import { makeRegisterUser } from '../core/application/register-user.ts';
import {
  makeMailPasswordReset,
  makeRequestPasswordReset,
} from '../core/application/request-password-reset.ts';
import { makeUpdateProfile } from '../core/application/update-profile.ts';
import { GUESS_LIMITS } from '../core/domain/attempts.ts';
import { makeCheckPassword, type CheckPassword } from '../core/domain/password.ts';
import type { CommonPasswords, Passwords } from '../core/ports/passwords.ts';
import type { AccessTokens, Secrets } from '../core/ports/tokens.ts';
import type { UserQueries } from '../core/ports/user-queries.ts';
import type { UserTx } from '../core/ports/user-tx.ts';
import {
  AccessTokensPort,
  CommonPasswordsPort,
  PasswordsPort,
  QueriesPort,
  ReadsPort,
  SecretsPort,
  UnitOfWorkPort,
} from './adapters.ts';
import type { UserConfig } from './config.ts';

/** Work outside requests. */
export interface Chores {
  readonly configureAccount: ReturnType<typeof makeConfigureAccount>;
  readonly forgetOld: ReturnType<typeof makeForgetOld>;
  /** Done by a worker. */
  readonly mailPasswordReset: TaskHandler<UserTx, undefined>;
}

export const UseCases = token<UserUseCases>('UserUseCases');
export const ChoresPort = token<Chores>('Chores');
export const CheckPasswordRule = token<CheckPassword>('CheckPassword');

export const application = ({ ids, clock }: Toolbox, config: UserConfig): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const lifetime = { idle: config.USER_REFRESH_TOKEN_DAYS * DAY, absolute: config.USER_SESSION_DAYS * DAY };
    const accessMs = config.USER_ACCESS_TOKEN_S * SECOND;
    const limits = { ...GUESS_LIMITS, network: config.USER_GUESSES_PER_NETWORK };
    bind(CheckPasswordRule).toResolvedValue(
      (common: CommonPasswords) => makeCheckPassword((lower) => common.has(lower), config.SHOP_NAME),
      [CommonPasswordsPort],
    );
    bind(UseCases).toResolvedValue(
      (
        unitOfWork: UnitOfWork<UserTx>,
        queries: UserQueries,
        passwords: Passwords,
        checkPassword: CheckPassword,
        tokens: AccessTokens,
        secrets: Secrets,
        reads: UserQueries,
      ): UserUseCases => {
        const provePassword = makeProvePassword(unitOfWork, passwords, secrets, clock, limits);
        const changing = { unitOfWork, checkPassword, passwords, secrets, clock, accessMs };
        return {
          queries: reads,
          registerUser: makeRegisterUser({ ...changing, ids }),
          updateProfile: makeUpdateProfile(unitOfWork, clock),
          changePassword: makeChangePassword({ ...changing, queries, provePassword }),
          requestPasswordReset: makeRequestPasswordReset(unitOfWork, secrets, ids, clock),
          confirmPasswordReset: makeConfirmPasswordReset(changing),
          logIn: makeLogIn(unitOfWork, provePassword, tokens, secrets, ids, clock, lifetime),
          refreshSession: makeRefreshSession(unitOfWork, tokens, secrets, clock, lifetime, accessMs),
          logOut: makeLogOut(unitOfWork, secrets, clock, accessMs),
          addAddress: makeAddAddress(unitOfWork, ids, clock),
          updateAddress: makeUpdateAddress(unitOfWork, clock),
          removeAddress: makeRemoveAddress(unitOfWork, clock),
        };
      },
      [
        UnitOfWorkPort,
        QueriesPort,
        PasswordsPort,
        CheckPasswordRule,
        AccessTokensPort,
        SecretsPort,
        ReadsPort,
      ],
    );
    bind(ChoresPort).toResolvedValue(
      (
        unitOfWork: UnitOfWork<UserTx>,
        passwords: Passwords,
        checkPassword: CheckPassword,
        secrets: Secrets,
      ): Chores => ({
        configureAccount: makeConfigureAccount(unitOfWork, checkPassword, passwords, ids, clock, accessMs),
        forgetOld: makeForgetOld(unitOfWork, clock),
        mailPasswordReset: makeMailPasswordReset(secrets, clock),
      }),
      [UnitOfWorkPort, PasswordsPort, CheckPasswordRule, SecretsPort],
    );
  });
