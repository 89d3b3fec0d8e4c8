import { derivedSealingKey, makeSealing, sealingKeys } from '#adapters/auth/sealing.ts';
import { makeUserSigner } from '#adapters/auth/user-tokens.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { argon2Passwords } from '../adapters/security/argon2-passwords.ts';
import { jwtAccessTokens } from '../adapters/security/jwt-access-tokens.ts';
import { keyedSecrets } from '../adapters/security/keyed-secrets.ts';
import { leakedPasswordsService, noLeakedPasswords } from '../adapters/security/leaked-passwords.http.ts';
import { listedCommonPasswords } from '../adapters/security/listed-common-passwords.ts';
import { otpauthTotp } from '../adapters/security/otpauth-totp.ts';
import { signedChallenges } from '../adapters/security/signed-challenges.ts';
import { signedDevices } from '../adapters/security/signed-devices.ts';
import { webauthnPasskeys } from '../adapters/security/webauthn-passkeys.ts';
import { makeCheckNewPassword, type CheckNewPassword } from '../core/application/check-new-password.ts';
import { makeCheckPassword } from '../core/domain/password.ts';
import type { LoginChallenges, Passkeys, Sealer, Totp } from '../core/ports/authenticators.ts';
import type { Devices } from '../core/ports/devices.ts';
import type { Passwords } from '../core/ports/passwords.ts';
import type { AccessTokens, Secrets } from '../core/ports/tokens.ts';
import type { UserConfig } from './config.ts';

/** Passwords, tokens and secrets. */
export interface Security {
  readonly checkPassword: CheckNewPassword;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly tokens: AccessTokens;
  readonly totp: Totp;
  readonly sealer: Sealer;
  readonly passkeys: Passkeys;
  readonly loginChallenges: LoginChallenges;
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
    loginChallenges: signedChallenges(key),
    devices: signedDevices(key),
    sealer: makeSealing(config.USER_SECRETS_KEY ?? sealingKeys.parse(derivedSealingKey(key))),
    isFactorRequired:
      (config.USER_STAFF_SECOND_FACTOR ?? (profile === 'distributed' ? 'required' : 'optional')) ===
      'required',
    tokens: jwtAccessTokens(await makeUserSigner(key, issuer), config.USER_ACCESS_TOKEN_S),
  };
};
