import { dataOf, sessionApi, type Schemas } from '../api.ts';

/** Whether this browser can use passkeys; none can on a page without TLS, but for `localhost`. */
export const canUsePasskeys = (): boolean =>
  'PublicKeyCredential' in globalThis && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** The user has closed the dialog of the browser, or has no passkey of this shop. */
export const isGivenUp = (error: unknown): boolean =>
  error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name);

const jsonOf = (credential: Credential | null): unknown => {
  if (!(credential instanceof PublicKeyCredential)) throw new Error('the browser returned no passkey');
  return credential.toJSON();
};

const sign = async (options: PublicKeyCredentialRequestOptionsJSON): Promise<unknown> =>
  jsonOf(
    await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  );

/** A login by a passkey alone, which the user chooses. Rejects as `isGivenUp` tells. */
export const loginByPasskey = async (): Promise<Schemas['PasskeyLogin']> => {
  const options = await dataOf(sessionApi.POST('/api/v1/auth/passkey/challenge'));
  const credential = (await sign(options)) as Schemas['PasskeyLogin']['credential'];
  return { challenge: options.challenge, credential };
};

/** The second factor after the password. @param challenge of the refusal */
export const factorByPasskey = async (challenge: string): Promise<Schemas['FactorProof']> => {
  const { rpId } = await dataOf(sessionApi.POST('/api/v1/auth/passkey/challenge'));
  const options = { challenge, userVerification: 'preferred', ...(typeof rpId === 'string' ? { rpId } : {}) };
  return { challenge, passkey: (await sign(options)) as NonNullable<Schemas['FactorProof']['passkey']> };
};

/** Makes a passkey on this device, or on another that the user chooses. Rejects as `isGivenUp` tells. */
export const createPasskey = async (
  options: Schemas['PasskeyOptions'],
): Promise<Schemas['NewPasskey']['credential']> => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  return jsonOf(await navigator.credentials.create({ publicKey })) as Schemas['NewPasskey']['credential'];
};
