import { ContainerModule } from 'inversify';
import type { Toolbox } from '#adapters/service/module.ts';
import { token } from '#adapters/service/token.ts';
import { DAY } from '#kernel/clock.ts';
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
import { makeRequestPasswordReset } from '../core/application/request-password-reset.ts';
import { makeUpdateProfile } from '../core/application/update-profile.ts';
import type { Passwords } from '../core/ports/passwords.ts';
import type { AccessTokens, Secrets } from '../core/ports/tokens.ts';
import type { UserQueries } from '../core/ports/user-queries.ts';
import type { UserTx } from '../core/ports/user-tx.ts';
import {
  AccessTokensPort,
  PasswordsPort,
  QueriesPort,
  ReadsPort,
  SecretsPort,
  UnitOfWorkPort,
} from './adapters.ts';
import type { UserConfig } from './config.ts';

/** What no request asks for. */
export interface Chores {
  readonly configureAccount: ReturnType<typeof makeConfigureAccount>;
  readonly forgetOld: ReturnType<typeof makeForgetOld>;
}

export const UseCases = token<UserUseCases>('UserUseCases');
export const ChoresPort = token<Chores>('Chores');

export const application = ({ ids, clock }: Toolbox, config: UserConfig): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const lifetimeMs = config.USER_REFRESH_TOKEN_DAYS * DAY;
    bind(UseCases).toResolvedValue(
      (
        unitOfWork: UnitOfWork<UserTx>,
        queries: UserQueries,
        passwords: Passwords,
        tokens: AccessTokens,
        secrets: Secrets,
        reads: UserQueries,
      ): UserUseCases => {
        const prove = makeProvePassword(unitOfWork, passwords, secrets, clock);
        return {
          queries: reads,
          registerUser: makeRegisterUser(unitOfWork, passwords, ids, clock),
          updateProfile: makeUpdateProfile(unitOfWork, clock),
          changePassword: makeChangePassword(unitOfWork, queries, prove, passwords, secrets, clock),
          requestPasswordReset: makeRequestPasswordReset(unitOfWork, secrets, clock),
          confirmPasswordReset: makeConfirmPasswordReset(unitOfWork, passwords, secrets, clock),
          logIn: makeLogIn(unitOfWork, prove, tokens, secrets, ids, clock, lifetimeMs),
          refreshSession: makeRefreshSession(unitOfWork, tokens, secrets, clock, lifetimeMs),
          logOut: makeLogOut(unitOfWork, secrets),
          addAddress: makeAddAddress(unitOfWork, ids, clock),
          updateAddress: makeUpdateAddress(unitOfWork, clock),
          removeAddress: makeRemoveAddress(unitOfWork, clock),
        };
      },
      [UnitOfWorkPort, QueriesPort, PasswordsPort, AccessTokensPort, SecretsPort, ReadsPort],
    );
    bind(ChoresPort).toResolvedValue(
      (unitOfWork: UnitOfWork<UserTx>, passwords: Passwords): Chores => ({
        configureAccount: makeConfigureAccount(unitOfWork, passwords, ids, clock),
        forgetOld: makeForgetOld(unitOfWork, clock),
      }),
      [UnitOfWorkPort, PasswordsPort],
    );
  });
