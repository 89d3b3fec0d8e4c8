import type { Passkey } from '../domain/factors.ts';
import type { User } from '../domain/user.ts';

/** Codes of authenticator apps (RFC 6238): six digits, a step of 30 seconds. */
export interface Totp {
  /** A new secret, in base32 as apps show it. */
  newSecret(): string;
  /** What an app scans as a QR code. */
  uri(secret: string, account: string): string;
  /** The step of a code that is valid now, or one step earlier or later; undefined if it is not. */
  stepOf(secret: string, code: string, now: Date): number | undefined;
}

/** Encrypts what must be stored and read again. */
export interface Sealer {
  /** @param context whose it is; needed to open it */
  seal(plain: string, context: string): string;
  /** Throws if it was changed, sealed in another context, or with a key that is no longer configured. */
  open(sealed: string, context: string): string;
  /** The same secret under the newest key; the same text if that has sealed it. Throws like `open`. */
  reseal(sealed: string, context: string): string;
}

/** Passkeys (WebAuthn). What passes between browser and authenticator is JSON that the core does not read. */
export interface Passkeys {
  /**
   * What a browser needs to create a passkey other than the existing ones.
   * @param challenge 256 bits in base64url
   */
  creation(user: User, existing: readonly Passkey[], challenge: string): Promise<PasskeyCreation>;
  /** The passkey that the browser has created for the challenge; undefined if the response is not valid. */
  created(response: unknown, challenge: string): Promise<NewPasskey | undefined>;
  /** The passkey that a response names; undefined if it is not among these. */
  named(response: unknown, passkeys: readonly Passkey[]): Passkey | undefined;
  /**
   * The authenticator's counter; undefined if it has not signed the challenge with this passkey, or counts backwards.
   * @param isAlone if there was no password: then the authenticator must have verified the user
   */
  counterOf(
    response: unknown,
    passkey: Passkey,
    challenge: string,
    options?: { readonly isAlone: boolean },
  ): Promise<number | undefined>;
  /** What a browser needs to let its user choose one of their passkeys for the site. */
  request(challenge: string): Promise<PasskeyRequest>;
  /** The user ID in a passkey's response, as the authenticator claims; undefined if there is none. */
  ownerOf(response: unknown): string | undefined;
}

/** Challenges of logins that begin with a passkey. We sign them, and store only those that are used. */
export interface LoginChallenges {
  issue(now: Date): string;
  /** Whether it is ours and has not expired. */
  isValid(challenge: string, now: Date): boolean;
}

/** `PublicKeyCredentialRequestOptionsJSON`. */
export interface PasskeyRequest {
  readonly challenge: string;
}

/** `PublicKeyCredentialCreationOptionsJSON`. */
export interface PasskeyCreation {
  readonly challenge: string;
  readonly rp: object;
  readonly user: object;
}

export type NewPasskey = Pick<Passkey, 'passkeyId' | 'publicKey' | 'counter'>;
