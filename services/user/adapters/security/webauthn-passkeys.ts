import { z } from 'zod';
import { CHALLENGE_LIFETIME_MS } from '../../core/domain/challenge.ts';
import { fullName } from '../../core/domain/user.ts';
import type { Passkeys } from '../../core/ports/authenticators.ts';

/** What browsers return (`toJSON`), as far as it is read. */
const Created = z.object({
  id: z.string(),
  response: z.object({ clientDataJSON: z.string(), attestationObject: z.string() }),
});
const Signed = z.object({
  id: z.string(),
  response: z.object({ clientDataJSON: z.string(), authenticatorData: z.string(), signature: z.string() }),
});
/** We give authenticators the ID of the user as the handle. */
const Chosen = z.object({
  response: z.object({
    userHandle: z
      .string()
      .transform((handle) => Buffer.from(handle, 'base64url').toString())
      .pipe(z.uuid()),
  }),
});

/** Loaded with the first passkey: it takes a quarter of a second and 27 MB. */
const load = () => import('@simplewebauthn/server');

/** The library throws where a response is not valid. */
const unlessInvalid = async <T>(work: () => Promise<T | undefined>): Promise<T | undefined> => {
  try {
    return await work();
  } catch {
    return undefined;
  }
};

/**
 * Passkeys by @simplewebauthn. We do not ask which make an authenticator is.
 * @param origins where browsers may use them; they belong to the host of the first
 */
export const webauthnPasskeys = (shop: string, origins: readonly [string, ...string[]]): Passkeys => {
  const rpID = new URL(origins[0]).hostname;
  const expected = (challenge: string) => ({
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: rpID,
  });
  return {
    creation: async (user, existing, challenge) => {
      const { generateRegistrationOptions } = await load();
      return generateRegistrationOptions({
        rpName: shop,
        rpID,
        userName: user.email,
        userDisplayName: fullName(user),
        userID: new TextEncoder().encode(user.userId),
        challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
        attestationType: 'none',
        excludeCredentials: existing.map(({ passkeyId: id }) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
      });
    },
    created: (response, challenge) =>
      unlessInvalid(async () => {
        const { id, response: parts } = Created.parse(response);
        const { verifyRegistrationResponse } = await load();
        const { registrationInfo } = await verifyRegistrationResponse({
          response: { id, rawId: id, type: 'public-key', response: parts, clientExtensionResults: {} },
          ...expected(challenge),
          requireUserVerification: false, // asked for when it is used alone
        });
        return (
          registrationInfo && {
            passkeyId: registrationInfo.credential.id,
            publicKey: Buffer.from(registrationInfo.credential.publicKey).toString('base64url'),
            counter: registrationInfo.credential.counter,
          }
        );
      }),
    named: (response, passkeys) => {
      const signed = Signed.safeParse(response);
      return passkeys.find(({ passkeyId }) => passkeyId === signed.data?.id);
    },
    counterOf: (response, { passkeyId, publicKey, counter }, challenge, { isAlone } = { isAlone: false }) =>
      unlessInvalid(async () => {
        const { id, response: parts } = Signed.parse(response);
        const { verifyAuthenticationResponse } = await load();
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: { id, rawId: id, type: 'public-key', response: parts, clientExtensionResults: {} },
          credential: {
            id: passkeyId,
            publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
            counter,
          },
          ...expected(challenge),
          requireUserVerification: isAlone,
        });
        return verified ? authenticationInfo.newCounter : undefined;
      }),
    request: async (challenge) => {
      const { generateAuthenticationOptions } = await load();
      return generateAuthenticationOptions({
        rpID,
        challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
        userVerification: 'required',
        timeout: CHALLENGE_LIFETIME_MS,
      });
    },
    ownerOf: (response) => Chosen.safeParse(response).data?.response.userHandle.toLowerCase(),
  };
};
