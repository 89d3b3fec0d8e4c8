import type { Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';

export interface AccessToken {
  readonly token: string;
  /** Lifetime in seconds. */
  readonly expiresInS: number;
}

/** Short-lived tokens with identity and roles, which every service verifies by itself. */
export interface AccessTokens {
  /** @param provenAgoMs how long ago the user proved who they are, in milliseconds */
  issue(user: User, session: Session, provenAgoMs: number): Promise<AccessToken>;
}

/** Secrets for clients, which we recognise but do not store. */
export interface Secrets {
  /** 256 random bits. */
  next(): string;
  /** 80 random bits, for a person to write down: in lower case, without hyphens. */
  recoveryCode(): string;
  /** The stored form of a secret. */
  digest(secret: string): string;
  /** The successor of a secret: deterministic, and computable only with the service's key. */
  successor(secret: string): string;
}
