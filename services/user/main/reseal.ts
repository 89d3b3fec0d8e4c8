import { makeSealing, type SealingKeys } from '#adapters/auth/sealing.ts';
import { makeSeal } from '#adapters/events/envelope.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { schemaOf } from '#adapters/service/store.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { postgresFactorRepository } from '../adapters/postgres/factors.postgres.ts';
import { postgresWallets } from '../adapters/postgres/wallets.postgres.ts';
import { makeReseal, type Resealed } from '../core/application/reseal.ts';
import { user } from './module.ts';

const nothing = (): void => undefined;

/** Seals all secrets in a database of the user service again under the first of the keys. */
export const resealIn = (database: SqlDatabase, keys: SealingKeys): Promise<Resealed> => {
  const seal = makeSeal(systemIds, systemClock);
  const unitOfWork = sqlUnitOfWork(
    { seal, clock: systemClock, wakeRelay: nothing, wakeTasks: nothing },
    { database, schema: schemaOf(user) },
    (tx) => ({ factors: postgresFactorRepository(tx), wallets: postgresWallets(tx) }),
  );
  return makeReseal(unitOfWork, makeSealing(keys))();
};
