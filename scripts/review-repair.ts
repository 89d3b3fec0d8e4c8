/**
 * `npm run review:repair`: counts the reviews on the MongoDB of `MONGODB_URL` again, and corrects and publishes the ratings that
 * differ. The running service sends them. It does the same at its start and daily.
 */
import { makeSeal } from '#adapters/events/envelope.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { openStore } from '#adapters/service/store.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { review } from '#review/main/module.ts';
import { makeRepair } from '#review/main/repair.ts';

const nothing = (): void => undefined;

const repair = async (): Promise<number> => {
  const logger = makeLogger({ level: 'warn', service: review.name, destination: 2 });
  const { store, close } = await openStore(review, process.env, logger);
  try {
    if (store.kind !== 'mongo') throw new Error(`the store of ${review.name} is not MongoDB`);
    const seal = makeSeal(systemIds, systemClock);
    return await makeRepair({ store, seal, clock: systemClock, wakeRelay: nothing, wakeTasks: nothing })();
  } finally {
    await close();
  }
};

try {
  console.log(`${await repair()} ratings differed from the reviews, and are published again`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
