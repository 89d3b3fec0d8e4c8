import { beforeEach } from 'vitest';
import type { OutboxStore, ServiceStores } from '#adapters/messaging/stores.ts';
import { mongoUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { gone, versionsOf } from '#test/kit/events.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import type { MongoDatabase } from '../mongo-database.ts';
import type { Stored } from '../stored.ts';
import type { MongoUnit } from '../unit-of-work.ts';

export const THINGS = 'things';
export const NAME = { name: 'name', key: { 'body.name': 1, _id: 1 } } as const;
export const collections = [{ name: THINGS, indexes: [NAME] }];

export interface Thing {
  readonly name: string;
}

export type ThingTx = BaseTx & { readonly unit: MongoUnit };

/** A service of things in a database of its own for each test of a file. */
export const thingsForEachTest = () => {
  let database: MongoDatabase;
  let stores: ServiceStores;
  let unitOfWork: UnitOfWork<ThingTx>;
  let id: string;

  beforeEach(async () => {
    const toolbox = await openToolbox('mongo', { name: 'things', migrations: [], collections });
    if (toolbox.store.kind !== 'mongo') throw new Error('not MongoDB');
    ({ database } = toolbox.store);
    ({ stores } = toolbox);
    unitOfWork = mongoUnitOfWork(toolbox, toolbox.store, (unit) => ({ unit }));
    id = systemIds.next();
  });

  const outbox = (): OutboxStore => stores.outbox;
  const run = <T>(work: (tx: ThingTx) => Promise<T>): Promise<T> => unitOfWork.run(work);
  return {
    get database() {
      return database;
    },
    get stores() {
      return stores;
    },
    /** Of the thing that a test is about. */
    get id() {
      return id;
    },
    run,
    /** Saves the thing, and announces that as `version`. */
    put: (version: number): Promise<void> =>
      run(async (tx) => {
        await tx.unit.put(THINGS, id, { name: `v${version}` });
        await tx.outbox.add(gone(id, version));
      }),
    remove: (version: number): Promise<void> =>
      run(async (tx) => {
        await tx.unit.put(THINGS, id, undefined);
        await tx.outbox.add(gone(id, version));
      }),
    stored: (): Promise<Stored<Thing> | undefined> => database.stored<Thing>(THINGS).get(id),
    /** Versions that wait for the relay. */
    waiting: async () => versionsOf((await outbox().oldest(100)).map(({ envelope }) => envelope)),
    /** Takes what waits, as the relay does once the bus has it. */
    relay: async (): Promise<void> => {
      await outbox().remove((await outbox().oldest(100)).map((event) => event.id));
    },
  };
};
