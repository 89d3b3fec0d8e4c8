import { readAddress } from '#kernel/address.ts';
import { SECOND } from '#kernel/clock.ts';
import { err, ok, refuse, type Err, type Refusal, type Result } from '#kernel/result.ts';
import type { components } from '#openapi/generated/user.ts';
import type { Grant } from '../../core/application/grant.ts';
import type { Address, AddressDraft } from '../../core/domain/address.ts';
import type { SecondFactorRequired } from '../../core/domain/challenge.ts';
import type { Passkey } from '../../core/domain/factors.ts';
import type { Session } from '../../core/domain/session.ts';
import type { InvalidName, Name, Profile } from '../../core/domain/user.ts';
import type { AccessToken } from '../../core/ports/tokens.ts';

type Schemas = components['schemas'];

const POINTERS = { firstName: '/body/first_name', lastName: '/body/last_name' } as const;

/** The refusal, with its flaws as pointers into the request. */
export const refusalOf = <Code extends string>(
  error: Refusal<Code> | InvalidName,
): Err<Refusal<Code | 'INVALID_NAME'>> => {
  if (!('flaws' in error)) return err(error);
  const { flaws, ...refusal } = error;
  const errors = flaws.map(({ part, message }) => ({ pointer: POINTERS[part], message }));
  return err({ ...refusal, errors });
};

export const toName = (input: Schemas['ProfileInput']): Name => ({
  firstName: input.first_name.trim(),
  lastName: input.last_name.trim(),
});

export const toAddressDraft = (
  input: Schemas['AddressInput'],
): Result<AddressDraft, Refusal<'INVALID_ADDRESS'>> => {
  const { default_shipping = false, default_billing = false, ...written } = input;
  const address = readAddress(written);
  if (!address.ok)
    return refuse('INVALID_ADDRESS', 'See errors.', {
      errors: address.error.map((fault) => ({ ...fault, pointer: `/body${fault.pointer}` })),
    });
  const { postal_code: postalCode, ...postal } = address.value;
  return ok({
    postal: { ...postal, postalCode },
    defaultShipping: default_shipping,
    defaultBilling: default_billing,
  });
};

export const fromAddress = (address: Address): Schemas['SavedAddress'] => {
  const { postalCode, ...postal } = address.postal;
  return {
    address_id: address.addressId,
    ...postal,
    postal_code: postalCode,
    default_shipping: address.defaultShipping,
    default_billing: address.defaultBilling,
  };
};

export const fromUser = (user: Profile): Schemas['Profile'] => ({
  user_id: user.userId,
  version: user.version,
  email: user.email,
  email_verified: user.emailVerifiedAt !== undefined,
  first_name: user.firstName,
  last_name: user.lastName,
  ...(user.avatarMediaId === undefined ? {} : { avatar_media_id: user.avatarMediaId }),
  roles: [...user.roles],
  status: user.deactivatedAt ? 'deactivated' : 'active',
  created_at: user.createdAt.toISOString(),
  updated_at: user.updatedAt.toISOString(),
});

export const fromGrant = ({ user, access, refreshToken, deviceToken }: Grant): Schemas['Grant'] => ({
  access_token: access.token,
  token_type: 'Bearer',
  expires_in: access.expiresInS,
  refresh_token: refreshToken,
  ...(deviceToken === undefined ? {} : { device_token: deviceToken }),
  user: fromUser(user),
});

/** The new token of a known device, if there is one. */
export const deviceHeader = (deviceToken: string | undefined): Record<string, string> =>
  deviceToken === undefined ? {} : { 'Device-Token': deviceToken };

export const fromAccess = ({ token, expiresInS }: AccessToken): Schemas['AccessGrant'] => ({
  access_token: token,
  token_type: 'Bearer',
  expires_in: expiresInS,
});

/** The refusal, with the challenge as members of the problem. */
export const withChallenge = <E extends Refusal>(
  error: E | SecondFactorRequired,
): Err<Refusal<E['code'] | 'SECOND_FACTOR_REQUIRED'>> => {
  if (!('challenge' in error)) return err(error);
  const { challenge, lifetimeMs, hasPasskeys, ...refusal } = error;
  const ways = hasPasskeys ? 'code passkey' : 'code';
  return err({ ...refusal, more: { challenge, expires_in: lifetimeMs / SECOND, ways } });
};

export const fromPasskey = ({ passkeyId, name, addedAt }: Passkey): Schemas['Passkey'] => ({
  passkey_id: passkeyId,
  name,
  added_at: addedAt,
});

/** As people copy it. */
export const fromRecoveryCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** @param current the session of the caller */
export const fromSession = (session: Session, current: string | undefined): Schemas['Session'] => ({
  session_id: session.sessionId,
  device: session.device,
  started_at: session.startedAt.toISOString(),
  last_used_at: session.rotatedAt.toISOString(),
  expires_at: session.expiresAt.toISOString(),
  is_current: session.sessionId === current,
});
