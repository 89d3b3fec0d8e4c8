import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mongo } from '#scripts/engines/mongo.ts';
import { endProcess, identify } from '#adapters/process/identity.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import { migrateService, openStore } from '#adapters/service/store.ts';
import { mongoUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { ServiceModule } from '#adapters/service/module.ts';
import { makeSeal } from '#adapters/events/envelope.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { each } from '#adapters/messaging/consumer.ts';
import { StoreUnavailable } from '#adapters/messaging/stores.ts';
import { goneEnvelope } from '#test/kit/events.ts';
import { startPrivateEngine } from '#test/kit/private-engine.ts';
import { openMongo } from '../open-mongo.ts';
import type { Stored } from '../stored.ts';
import { collections, NAME, THINGS, thingsForEachTest, type Thing } from './things.rig.ts';

const things = thingsForEachTest();
const logger = makeLogger({ service: 'test', level: 'silent' });
const url = process.env['MONGODB_URL'] ?? '';

const module: ServiceModule = {
  name: 'things',
  spec: new URL('../../../openapi/catalog.yaml', import.meta.url),
  store: 'mongo',
  migrations: [],
  collections,
  compose: () => ({ handlers: {}, errors: {} }),
};

describe('the indexes', () => {
  /** `url` with a database of one's own in it. */
  const ownUrl = (): string => url.replace(/[/]([?]|$)/, `/test_${systemIds.next()}$1`);

  it('must exist before a service starts, and are created once by its migration', async () => {
    const env = { MONGODB_URL: ownUrl() };
    await expect(openStore(module, env, logger)).rejects.toThrow('things lacks the index name');
    expect(await migrateService(module, env, logger)).toContain('things.name');
    expect(await migrateService(module, env, logger)).toEqual([]);
    const { store, close } = await openStore(module, env, logger);
    expect(store.kind).toBe('mongo');
    if (store.kind === 'mongo') await store.database.drop();
    await close();
  });

  it('must match their declarations', async () => {
    const env = { MONGODB_URL: ownUrl() };
    await migrateService(module, env, logger);
    const turned = { ...NAME, key: { 'body.name': -1, _id: 1 } } as const;
    const newer = { ...module, collections: [{ name: THINGS, indexes: [turned] }] };
    expect(await migrateService(newer, env, logger)).toEqual([]);
    await expect(openStore(newer, env, logger)).rejects.toThrow('the index name of things is another one');
  });

  it('must serve every query, or it is refused', async () => {
    const documents = things.database.stored<Thing>(THINGS);
    await expect(documents.find({ 'body.size': 1 })).rejects.toThrow(TypeError);
    await expect(documents.find({}, { sort: { 'body.size': 1 } })).rejects.toThrow(TypeError);
    await expect(documents.replace({ 'body.size': 1 }, {} as Stored<Thing>)).rejects.toThrow(TypeError);
  });
});

describe('an outage of the server', () => {
  it.each([
    ['alone', 0],
    ['and of the server that stores its data', 1],
  ])('%s is waited for by consumers, which then continue', async (_, which) => {
    const engine = await startPrivateEngine(mongo);
    const { url: own } = z.object({ url: z.string() }).parse(engine.addresses);
    const database = openMongo({ url: own, database: 'things', collections, timeoutMs: 500 });
    try {
      await database.createIndexes();
      const unitOfWork = mongoUnitOfWork(
        {
          seal: makeSeal(systemIds, systemClock),
          clock: systemClock,
          wakeRelay: () => undefined,
          wakeTasks: () => undefined,
        },
        { kind: 'mongo', database },
        (unit) => ({ unit }),
      );
      const handled: string[] = [];
      const { handle } = makeConsumer({ logger, metrics: new Metrics('things') }, unitOfWork, 'things', {
        'product.deleted': each(async ({ unit }, { event_id: id }) => {
          await unit.put(THINGS, id, { name: 'handled' });
          handled.push(id);
        }),
      });
      const event = goneEnvelope();
      const server = identify((await engine.pids())[which] ?? 0);
      await (server && endProcess(server, 'SIGKILL', 20_000));
      await expect(handle([event])).rejects.toThrow(StoreUnavailable);
      expect(handled).toEqual([]);
      await engine.revive();
      await handle([event]);
      await handle([event]);
      expect(handled).toEqual([event.event_id]);
      expect(await database.stored<Thing>(THINGS).get(event.event_id)).toMatchObject({
        claims: [{ key: `things ${event.event_id}` }],
      });
    } finally {
      await database.close();
      await engine.stop();
    }
  });
});
