import type { User } from '../domain/user.ts';

export interface AccessToken {
  readonly token: string;
  /** Seconds that it is good for. */
  readonly expiresInS: number;
}

/** Short-lived proofs of who a user is and may do, which every service checks by itself. */
export interface AccessTokens {
  issue(user: User, sessionId: string): Promise<AccessToken>;
}

/** Secrets that others hold and we can recognise. */
export interface Secrets {
  /** 256 bits that nobody can guess. */
  next(): string;
  /** All that we keep of a secret. */
  digest(secret: string): string;
  /** The secret that follows another: the same each time, and only for who has the service's key to work out. */
  successor(secret: string): string;
}
