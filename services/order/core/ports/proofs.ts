import type { Proof } from '../domain/proof.ts';

/** Who has proved to own which e-mail address. */
export interface ProofRepository {
  /** Adds to what is known. */
  add(fact: Proof): Promise<void>;
  ofEmail(email: string): Promise<readonly Proof[]>;
  ofUser(userId: string): Promise<readonly Proof[]>;
  /** @returns the number of addresses forgotten */
  forget(userId: string): Promise<number>;
}
