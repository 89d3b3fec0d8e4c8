import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

export const RECOVERY_CODES = 10;
export const MOST_PASSKEYS = 10;

/** The second factors of a user. Plain JSON. */
export interface Factors {
  readonly userId: string;
  /** An authenticator app. */
  readonly totp?: TotpFactor | undefined;
  readonly passkeys: readonly Passkey[];
  /** Digests of those that are not used yet. */
  readonly recoveryCodes: readonly string[];
}

export interface TotpFactor {
  /** Sealed. */
  readonly secret: string;
  /** False until its owner has proved with a code that the app has the secret. */
  readonly isConfirmed: boolean;
  /** The step of the last accepted code: this and earlier ones are used. 0 at first. */
  readonly lastStep: number;
}

export interface Passkey {
  /** Chosen by the authenticator, in base64url. */
  readonly passkeyId: string;
  /** In base64url. */
  readonly publicKey: string;
  /** Signatures counted by the authenticator; 0 if it does not count. */
  readonly counter: number;
  /** What its owner calls it. */
  readonly name: string;
  /** RFC 3339. */
  readonly addedAt: string;
}

/** What happened to the factors, for the mail to their owner. */
export type FactorsChange =
  | 'authenticator_added'
  | 'authenticator_removed'
  | 'passkey_added'
  | 'passkey_removed'
  | 'recovery_codes_replaced'
  | 'recovery_code_used'
  | 'removed_by_staff';

/** The context in which the secret of the user's app is sealed. */
export const totpOf = (userId: string): string => `authenticator app of ${userId}`;

export const noFactors = (userId: string): Factors => ({ userId, passkeys: [], recoveryCodes: [] });

/** Whether a login needs a second factor. */
export const isEnrolled = ({ totp, passkeys }: Factors): boolean =>
  totp?.isConfirmed === true || passkeys.length > 0;

export type FactorExists = Refusal<'FACTOR_EXISTS'>;
export type FactorNotFound = Refusal<'FACTOR_NOT_FOUND'>;
export type WrongCode = Refusal<'WRONG_CODE'>;

export const WRONG_CODE = refuse('WRONG_CODE', 'The code or passkey is wrong or used; try the next one.');
const NOT_FOUND = refuse('FACTOR_NOT_FOUND', 'There is no such second factor.');

/** Replaces a secret that was not confirmed. */
export const beginTotp = (factors: Factors, sealedSecret: string): Result<Factors, FactorExists> =>
  factors.totp?.isConfirmed === true
    ? refuse('FACTOR_EXISTS', 'There is an authenticator app; remove it first.')
    : ok({ ...factors, totp: { secret: sealedSecret, isConfirmed: false, lastStep: 0 } });

/**
 * Accepts the code of this step, unless it or a later one was accepted before.
 * @param step of the code; undefined if the code is wrong
 */
export const acceptStep = (factors: Factors, step: number | undefined): Result<Factors, WrongCode> => {
  const { totp } = factors;
  if (!totp || step === undefined || step <= totp.lastStep) return WRONG_CODE;
  return ok({ ...factors, totp: { ...totp, lastStep: step } });
};

/** @param recoveryCodes for those who had no factor */
export const confirmTotp = (
  factors: Factors,
  step: number | undefined,
  recoveryCodes: readonly string[],
): Result<Factors, WrongCode | FactorNotFound> => {
  const { totp } = factors;
  if (!totp || totp.isConfirmed) return NOT_FOUND;
  const accepted = acceptStep(factors, step);
  if (!accepted.ok || !accepted.value.totp) return WRONG_CODE;
  return ok({
    ...accepted.value,
    recoveryCodes: isEnrolled(factors) ? factors.recoveryCodes : recoveryCodes,
    totp: { ...accepted.value.totp, isConfirmed: true },
  });
};

export type TooManyPasskeys = Refusal<'TOO_MANY_PASSKEYS'>;

/** @param recoveryCodes for those who had no factor */
export const addPasskey = (
  factors: Factors,
  passkey: Passkey,
  recoveryCodes: readonly string[],
): Result<Factors, FactorExists | TooManyPasskeys> => {
  const { passkeys } = factors;
  if (passkeys.some(({ passkeyId }) => passkeyId === passkey.passkeyId))
    return refuse('FACTOR_EXISTS', 'This passkey was added before.');
  if (passkeys.length >= MOST_PASSKEYS)
    return refuse('TOO_MANY_PASSKEYS', `An account has at most ${MOST_PASSKEYS} passkeys; remove one first.`);
  return ok({
    ...factors,
    passkeys: [...passkeys, passkey],
    recoveryCodes: isEnrolled(factors) ? factors.recoveryCodes : recoveryCodes,
  });
};

/** @param counter of its authenticator; undefined if the signature is wrong */
export const acceptPasskey = (
  factors: Factors,
  { passkeyId }: Passkey,
  counter: number | undefined,
): Result<Factors, WrongCode> => {
  if (counter === undefined) return WRONG_CODE;
  const passkeys = factors.passkeys.map((one) => (one.passkeyId === passkeyId ? { ...one, counter } : one));
  return ok({ ...factors, passkeys });
};

/** Uses a recovery code up. */
export const acceptRecoveryCode = (factors: Factors, digest: string): Result<Factors, WrongCode> =>
  factors.recoveryCodes.includes(digest)
    ? ok({ ...factors, recoveryCodes: factors.recoveryCodes.filter((one) => one !== digest) })
    : WRONG_CODE;

/** Recovery codes are for those who have another factor. */
const withoutOrphans = (factors: Factors): Factors =>
  isEnrolled(factors) ? factors : noFactors(factors.userId);

export const removeTotp = (factors: Factors): Result<Factors, FactorNotFound> =>
  factors.totp?.isConfirmed === true ? ok(withoutOrphans({ ...factors, totp: undefined })) : NOT_FOUND;

export const removePasskey = (factors: Factors, passkeyId: string): Result<Factors, FactorNotFound> => {
  const passkeys = factors.passkeys.filter((one) => one.passkeyId !== passkeyId);
  return passkeys.length < factors.passkeys.length ? ok(withoutOrphans({ ...factors, passkeys })) : NOT_FOUND;
};

export const replaceRecoveryCodes = (
  factors: Factors,
  recoveryCodes: readonly string[],
): Result<Factors, FactorNotFound> => (isEnrolled(factors) ? ok({ ...factors, recoveryCodes }) : NOT_FOUND);
