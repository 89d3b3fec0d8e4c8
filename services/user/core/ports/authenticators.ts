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
}
