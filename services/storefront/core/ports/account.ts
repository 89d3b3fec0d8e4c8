import type { Result } from '#kernel/result.ts';
import type { Address, AddressFields, Language, Refused } from './values.ts';

/** What the shop's API does about the account of a customer, apart from orders and logins. */
export interface Account {
  /** Succeeds whether or not there is such an account. */
  requestPasswordReset(email: string): Promise<Result<undefined, Refused>>;
  /** @param token of a mail */
  resetPassword(token: string, password: string): Promise<Result<undefined, Refused>>;
  /** @param token of a mail */
  confirmEmail(token: string): Promise<Result<undefined, Refused>>;

  profile(userId: string): Promise<Profile>;
  changeName(userId: string, firstName: string, lastName: string): Promise<Result<undefined, Refused>>;
  /** Mails a link to the new address, which it waits for. */
  changeEmail(userId: string, email: string, password: string): Promise<Result<undefined, Refused>>;
  /** Mails another link to confirm the address, unless it is confirmed. */
  mailConfirmation(userId: string): Promise<Result<undefined, Refused>>;
  /** Ends all other sessions. Returns the new token of the visitor's device. */
  changePassword(userId: string, change: PasswordChange): Promise<Result<string | undefined, Refused>>;

  addresses(userId: string): Promise<readonly Address[]>;
  addAddress(userId: string, address: AddressFields): Promise<Result<Address, Refused>>;
  /** @param isDefault makes it the default; otherwise it stays what it is */
  changeAddress(
    userId: string,
    address: AddressFields & { readonly addressId: string; readonly isDefault: boolean },
  ): Promise<Result<undefined, Refused>>;
  removeAddress(userId: string, addressId: string): Promise<Result<undefined, Refused>>;

  /** IDs of products, the newest wish first. */
  wishes(userId: string): Promise<readonly string[]>;
  addWish(userId: string, productId: string): Promise<Result<undefined, Refused>>;
  removeWish(userId: string, productId: string): Promise<Result<undefined, Refused>>;

  cards(userId: string): Promise<readonly SavedCard[]>;
  removeCard(userId: string, cardId: string): Promise<Result<undefined, Refused>>;

  /** The last used first. */
  sessions(userId: string): Promise<readonly UserSession[]>;
  endSession(userId: string, sessionId: string): Promise<Result<undefined, Refused>>;
  /** All but the visitor's. */
  endOtherSessions(userId: string): Promise<Result<undefined, Refused>>;

  /** Proves again, in the session of the visitor, who they are. */
  stepUp(password: string): Promise<Result<Proof, Refused>>;
  /** Completes it where a second factor is needed. */
  stepUpWithFactor(challenge: string, code: string): Promise<Result<Proof, Refused>>;

  /** A zip file of everything that is known about a customer. @param password undefined for users of the OIDC provider */
  exportData(
    userId: string,
    password: string | undefined,
  ): Promise<Result<AsyncIterable<Uint8Array>, Refused>>;
  /** Ends the account. @param password undefined for users of the OIDC provider */
  erase(userId: string, password: string | undefined): Promise<Result<undefined, Refused>>;

  mails(userId: string): Promise<MailChoices>;
  /** @param kinds those that are wanted, of the ones that can be chosen */
  chooseMails(
    userId: string,
    language: Language,
    kinds: readonly string[],
  ): Promise<Result<undefined, Refused>>;
}

/** The new access token of a session, for the gateway; never shown. */
export interface Proof {
  /** As the gateway takes it. */
  readonly sealed: object;
}

export interface Profile {
  readonly email: string;
  readonly isEmailConfirmed: boolean;
  readonly firstName: string;
  readonly lastName: string;
}

export interface PasswordChange {
  readonly current: string;
  readonly next: string;
}

export interface SavedCard {
  readonly cardId: string;
  readonly brand: string;
  readonly last4: string;
  /** From 1. */
  readonly month: number;
  readonly year: number;
  readonly isDefault: boolean;
}

export interface UserSession {
  readonly sessionId: string;
  /** The `User-Agent` of the login; may be empty. */
  readonly device: string;
  readonly lastUsedAt: Date;
  readonly isCurrent: boolean;
}

export interface MailChoices {
  readonly language: Language;
  /** Kinds of mails that one may choose, such as `order.delivered`. */
  readonly kinds: readonly { readonly kind: string; readonly isWanted: boolean }[];
}
