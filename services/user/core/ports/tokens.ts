import type { User } from '../domain/user.ts';

export interface AccessToken {
  readonly token: string;
  /** Seconds that it is good for. */
  readonly expiresInS: number;
}

/** Short-lived proofs of who a user is and may do, which every service checks by itself. */
export interface AccessTokens {
  issue(user: User): Promise<AccessToken>;
}

/** Random texts that we keep only the digest of. */
export interface Secrets {
  /** 256 bits that nobody can guess. */
  next(): string;
  digest(secret: string): string;
}
