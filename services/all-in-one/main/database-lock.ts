import type { Lock } from '#adapters/messaging/stores.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';

const NAME = 'shop';
/** The lock of a killed shop lasts a moment longer. */
const TRIES = 50;
const PAUSE_MS = 100;
const LOOK_MS = 1_000;

const take = async (database: Pick<SqlDatabase, 'tryLock'>): Promise<Lock | undefined> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const lock = await database.tryLock(NAME);
    if (lock) return lock;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return undefined;
};

/**
 * One shop per database: its bus and its memory are in this process. A lock that was lost with its connection is taken again.
 * Returns a function that ends this watch; the lock ends with the database.
 * @param onTaken called when another shop has taken it in the meantime
 */
export const lockDatabase = async (
  database: Pick<SqlDatabase, 'tryLock'>,
  onTaken: () => void,
): Promise<() => void> => {
  let lock = await take(database);
  if (!lock) throw new Error('another shop is running on this database');
  let isTaking = false;
  const watch = setInterval(() => {
    if (isTaking || lock?.isHeld() === true) return;
    isTaking = true;
    take(database)
      .then((again) => {
        lock = again;
        if (again) return;
        clearInterval(watch);
        onTaken();
      })
      .catch(() => undefined) // no connection yet
      .finally(() => {
        isTaking = false;
      });
  }, LOOK_MS).unref();
  return () => {
    clearInterval(watch);
  };
};
