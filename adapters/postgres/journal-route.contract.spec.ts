import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeSeal } from '#adapters/events/envelope.ts';
import { InProcessBus } from '#adapters/messaging/in-process-bus.ts';
import type { RelayRoute } from '#adapters/messaging/relay.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { until } from '#test/kit/conditions.ts';
import { gone, versionsOf } from '#test/kit/events.ts';
import { closeDatabase, openToolbox, STORES } from '#test/kit/toolbox.ts';
import { journalRoute } from './journal-route.ts';
import { migrate } from './migrate.ts';
import { journalMigrations, sqlJournal } from './sql-journal.ts';
import type { SqlDatabase } from './sql.ts';

const logger = makeLogger({ service: 'test', level: 'silent' });

afterAll(closeDatabase);

describe.each(STORES.filter((store) => store !== 'memory'))('from outboxes to the journal on %s', (store) => {
  let database: SqlDatabase;
  let announce: (schema: 'one' | 'two', ...versions: readonly number[]) => Promise<void>;
  let received: EventEnvelope[];
  let bus: InProcessBus;
  let failAfter: boolean;
  let route: RelayRoute;
  const opened: InProcessBus[] = [];

  const openBus = async (): Promise<void> => {
    received = [];
    bus = new InProcessBus(sqlJournal(database), logger);
    bus.subscribe({
      consumer: 'mail',
      topics: ['product.deleted'],
      handle: async (batch) => void received.push(...batch),
    });
    await bus.start();
    opened.push(bus);
    const breaking: SqlDatabase = {
      ...database,
      query: async <Row>(text: string, params?: readonly unknown[]) => {
        const rows = await database.query<Row>(text, params);
        if (failAfter) throw new Error('the connection broke after the commit');
        return rows;
      },
    };
    route = journalRoute(breaking, ['one', 'two'], bus);
  };

  beforeEach(async () => {
    const toolbox = await openToolbox(store, { name: 'one', migrations: [] });
    const { store: own, clock } = toolbox;
    if (own.kind === 'memory') throw new Error('not a database');
    ({ database } = own);
    for (const schema of ['two', 'bus']) await database.query(`drop schema if exists ${schema} cascade`);
    await migrate(database, 'two', []);
    await migrate(database, 'bus', journalMigrations);
    const tools = { ...toolbox, seal: makeSeal(systemIds, clock) };
    announce = (schema, ...versions) =>
      sqlUnitOfWork(tools, { database, schema }, () => ({})).run((tx) =>
        tx.outbox.add(...versions.map((version) => gone(systemIds.next(), version))),
      );
    failAfter = false;
    await openBus();
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.stop()));
  });

  it('moves the events of all schemas, in order, and says how many', async () => {
    await announce('one', 1, 2);
    await announce('two', 11);
    await announce('one', 3);
    expect(await route.move(10)).toBe(4);
    await until(() => received.length === 4);
    expect(versionsOf(received)).toEqual([1, 2, 3, 11]);
    expect(await route.move(10)).toBe(0);
  });

  it('takes so many of each schema at a time', async () => {
    await announce('one', 1, 2, 3);
    expect(await route.move(2)).toBe(2);
    expect(await route.move(2)).toBe(1);
    await until(() => received.length === 3);
    expect(versionsOf(received)).toEqual([1, 2, 3]);
  });

  it('leaves them to the next process when this one dies before they are handled', async () => {
    await announce('one', 1);
    bus.deliver = () => Promise.resolve();
    await route.move(10);
    await openBus();
    await until(() => received.length === 1);
    expect(versionsOf(received)).toEqual([1]);
  });

  it('loses nothing when the connection breaks after the commit', async () => {
    await announce('one', 1);
    failAfter = true;
    await expect(route.move(10)).rejects.toThrow();
    failAfter = false;
    await announce('one', 2);
    await route.move(10);
    await until(() => received.length === 2);
    expect(versionsOf(received)).toEqual([1, 2]);
  });
});
