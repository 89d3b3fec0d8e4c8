import { after } from '#kernel/clock.ts';
import type { Lock } from '../messaging/stores.ts';
import { systemIds } from '../system/ids.ts';
import type { Documents } from './documents.ts';
import { DuplicateDocument } from './duplicate-document.ts';
import type { Lease } from './mongo-database.ts';

export interface LeaseOptions {
  /** Milliseconds until others may take over the lease of a dead holder. */
  readonly ttlMs: number;
  readonly renewEveryMs: number;
}

const USUAL: LeaseOptions = { ttlMs: 30_000, renewEveryMs: 10_000 };

/**
 * A lock that expires: a document with an expiry time, which its holder keeps extending. Undefined if another process holds it.
 * Taking it over is a guarded removal and an insert, which succeeds for one process only. It requires that the clocks of the
 * processes differ by less than its time to live.
 */
export const tryLease = async (
  leases: Documents<Lease>,
  name: string,
  { ttlMs, renewEveryMs }: LeaseOptions = USUAL,
): Promise<Lock | undefined> => {
  const owner = systemIds.next();
  const lease = (): Lease => ({ _id: name, owner, until: after(new Date(), ttlMs) });
  const current = await leases.get(name);
  if (current) {
    if (current.until > new Date()) return undefined;
    await leases.remove({ _id: name, owner: current.owner, until: current.until });
  }
  let mine = lease();
  try {
    await leases.insert(mine);
  } catch (error) {
    if (error instanceof DuplicateDocument) return undefined;
    throw error;
  }

  let isLost = false;
  const renew = async (): Promise<void> => {
    const next = lease();
    if (await leases.replace({ _id: name, owner }, next)) mine = next;
    else isLost = true;
  };
  // The next renewal makes up for a failed one; without any, the lease ends here when it ends in the store.
  const timer = setInterval(() => void renew().catch(() => undefined), renewEveryMs).unref();
  return {
    isHeld: () => !isLost && mine.until > new Date(),
    release: async () => {
      clearInterval(timer);
      if (isLost) return;
      isLost = true;
      await leases.remove({ _id: name, owner });
    },
  };
};
