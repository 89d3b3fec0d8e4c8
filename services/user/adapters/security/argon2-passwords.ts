import * as argon2 from 'argon2';
import { makeBulkhead } from '#adapters/resilience/bulkhead.ts';
import type { Passwords } from '../../core/ports/passwords.ts';

export interface Argon2Settings {
  readonly memoryKib: number;
  readonly iterations: number;
  readonly parallelism: number;
  /** Hashes at once; each takes a thread and its memory. */
  readonly concurrency: number;
  /** Length of the queue; further ones fail with `Overloaded`. */
  readonly queue: number;
}

/** Longest time in the queue. */
const WAIT_MS = 10_000;

/** Normalises characters that keyboards compose differently. */
const normalize = (password: string): string => password.normalize('NFKC');

/**
 * argon2id, the library's default.
 * @param library the hash functions; a test replaces them to count the calls
 */
export const argon2Passwords = async (
  settings: Argon2Settings,
  { hash, verify }: Pick<typeof argon2, 'hash' | 'verify'> = argon2,
): Promise<Passwords> => {
  const { memoryKib, iterations, parallelism, concurrency, queue } = settings;
  // No timeout: a started hash cannot be stopped, and a late one only shows that this machine is busy.
  const bulkhead = makeBulkhead({ name: 'password hashing', atOnce: concurrency, queue, waitMs: WAIT_MS });
  const options = { memoryCost: memoryKib, timeCost: iterations, parallelism };
  const decoy = await hash('nobody has this password', options);
  return {
    hash: (password) => bulkhead.run(() => hash(normalize(password), options)),
    verify: async (known, password) => {
      const matches = await bulkhead.run(() => verify(known ?? decoy, normalize(password)));
      return matches && known !== undefined;
    },
  };
};
