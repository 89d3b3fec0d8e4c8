import { LRUCache } from 'lru-cache';
import type { User } from '#adapters/auth/principal.ts';
import { revokes, subjectsOf, type Revocation, type Revocations } from './revocations.ts';

/** About 20 MB. The oldest are dropped first; they also expire first. */
const MAX_ENTRIES = 100_000;

/** For a single gateway: not shared, and lost on restart. */
export class MemoryRevocations implements Revocations {
  readonly #known = new LRUCache<string, Revocation>({ max: MAX_ENTRIES });

  async revoke(revocations: readonly Revocation[]): Promise<void> {
    for (const one of revocations) {
      const ttl = one.until - Date.now();
      const known = this.#known.get(one.subject);
      if (ttl > 0 && (known?.issuedBefore ?? 0) <= one.issuedBefore)
        this.#known.set(one.subject, one, { ttl });
    }
    await Promise.resolve();
  }

  isRevoked(user: User): Promise<boolean> {
    const found = subjectsOf(user).flatMap((subject) => this.#known.get(subject) ?? []);
    return Promise.resolve(found.some((one) => revokes(one, user)));
  }
}
