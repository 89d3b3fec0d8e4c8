import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSeal } from '#adapters/events/envelope.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { migrate } from '#adapters/postgres/migrate.ts';
import { ConnectionLost, sqlFrom, type SqlDatabase } from '#adapters/postgres/sql.ts';
import { journalMigrations, sqlJournal } from '#adapters/postgres/sql-journal.ts';
import { sqlOutboxes } from '#adapters/postgres/sql-outboxes.ts';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { until } from '#test/kit/conditions.ts';
import { gone, versionsOf } from '#test/kit/events.ts';
import { openToolbox, STORES } from '#test/kit/toolbox.ts';
import { makeSubscription } from './consumer.ts';
import { testConsumer } from './event-bus.contract.ts';
import { makeHandOver } from './hand-over.ts';
import { InProcessBus } from './in-process-bus.ts';

const logger = makeLogger({ service: 'test', level: 'silent' });
const SCHEMAS = ['one', 'two'] as const;
type Schema = (typeof SCHEMAS)[number];

/** A process on the database: a bus, and units of work that hand their events to it. */
interface Process {
  readonly bus: InProcessBus;
  readonly unitOf: (schema: Schema) => UnitOfWork<BaseTx>;
  announce(schema: Schema, ...versions: readonly number[]): Promise<void>;
}

describe.each(STORES.filter((store) => store !== 'memory'))('hand-over to the bus on %s', (store) => {
  let database: SqlDatabase;
  let openProcess: (on?: SqlDatabase) => Process;
  const PRODUCT = systemIds.next();
  const opened: InProcessBus[] = [];

  const waiting = async (): Promise<number> => (await sqlOutboxes(database, SCHEMAS).load()).length;

  beforeEach(async () => {
    const toolbox = await openToolbox(store, { name: 'one', migrations: [] });
    const { store: own, clock } = toolbox;
    if (own.kind === 'memory') throw new Error('not a database');
    ({ database } = own);
    for (const schema of ['two', 'bus']) await database.query(`drop schema if exists ${schema} cascade`);
    await migrate(database, 'two', []);
    await migrate(database, 'bus', journalMigrations);
    openProcess = (on = database) => {
      const bus = new InProcessBus(sqlJournal(on), logger, sqlOutboxes(on, SCHEMAS));
      const handOver = makeHandOver({
        deliver: (events) => {
          bus.deliver(events);
        },
        reread: () => bus.restore(),
        onError: () => undefined,
      });
      const tools = { ...toolbox, handOver, seal: makeSeal(systemIds, clock) };
      const unitOf = (schema: Schema) => sqlUnitOfWork(tools, { database: on, schema }, () => ({}));
      opened.push(bus);
      return {
        bus,
        unitOf,
        announce: (schema, ...versions) =>
          unitOf(schema).run((tx) => tx.outbox.add(...versions.map((version) => gone(PRODUCT, version)))),
      };
    };
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((bus) => bus.stop().catch(() => undefined)));
  });

  it('delivers each commit at once, in order, and empties the outboxes when all consumers have finished', async () => {
    const { bus, announce } = openProcess();
    const [mail, stock] = [testConsumer('mail'), testConsumer('stock')];
    for (const { subscription } of [mail, stock]) bus.subscribe(subscription);
    await bus.start();
    await announce('one', 1, 2);
    await announce('two', 11);
    await announce('one', 3);
    await until(async () => (await waiting()) === 0);
    for (const { received } of [mail, stock]) expect(versionsOf(received)).toEqual([1, 2, 11, 3]);
  });

  it('keeps an event until the last consumer has finished', async () => {
    const { bus, announce } = openProcess();
    const [done, down] = [
      testConsumer('done'),
      testConsumer('down', () => Promise.reject(new Error('down'))),
    ];
    for (const { subscription } of [done, down]) bus.subscribe(subscription);
    await bus.start();
    await announce('one', 1);
    await until(() => done.received.length === 1);
    expect(await waiting()).toBe(1);
    await bus.stop();

    const next = openProcess();
    const [doneAgain, up] = [testConsumer('done'), testConsumer('down')];
    for (const { subscription } of [doneAgain, up]) next.bus.subscribe(subscription);
    await next.bus.start();
    await until(() => up.received.length === 1);
    expect([await waiting(), doneAgain.received]).toEqual([0, []]);
  });

  it('keeps no event for which there is no consumer', async () => {
    const { bus, announce } = openProcess();
    await bus.start();
    await announce('one', 1);
    await until(async () => (await waiting()) === 0);
  });

  it.each([
    ['after', [1, 2]],
    ['before', [2]],
  ] as const)(
    'reads the outboxes when the connection breaks %s the commit, and keeps the order',
    async (when, expected) => {
      let isBroken = false;
      const breaking = decorated(database, async (send) => {
        if (isBroken && when === 'before') throw new ConnectionLost(new Error('lost'));
        const sent = await send();
        if (isBroken) throw new ConnectionLost(new Error('lost'));
        return sent;
      });
      const { bus, announce } = openProcess(breaking);
      const mail = testConsumer('mail');
      bus.subscribe(mail.subscription);
      await bus.start();
      isBroken = true;
      await expect(announce('one', 1)).rejects.toThrow('lost');
      isBroken = false;
      await announce('one', 2);
      await until(() => mail.received.length === expected.length);
      expect(versionsOf(mail.received)).toEqual(expected);
    },
  );

  it('delivers everything that committed, once to each inbox and in order, wherever a process dies', async () => {
    let cuts = 0;
    while (await dieAt(cuts)) cuts += 1;
    // Two loads, three commits, and at least one batch and one removal; more if they are not gathered.
    expect(cuts).toBeGreaterThanOrEqual(7);
  });

  /** Runs a process that dies at the given statement, then another one; false when it ended before. */
  const dieAt = async (cut: number): Promise<boolean> => {
    await database.query('truncate one.outbox, one.inbox, two.outbox, two.inbox, bus.deliveries');
    let statements = 0;
    const dying = decorated(database, async (send) => {
      statements += 1;
      if (statements - 1 === cut) await send().catch(() => undefined); // done, but the response is lost
      if (statements > cut) throw new ConnectionLost(new Error('the process is dead'));
      return send();
    });
    const committed: number[] = [];
    const seen: number[] = [];
    const subscribe = ({ bus, unitOf }: Process): void => {
      bus.subscribe(
        makeSubscription({
          consumer: 'mail',
          unitOfWork: unitOf('two'),
          handlers: {
            'product.deleted': async (tx, events) => {
              for (const { aggregate_version } of events)
                await tx.tasks.schedule({ key: `seen ${aggregate_version}`, kind: 'seen', payload: {} });
              seen.push(...versionsOf(events));
            },
          },
          isUnavailable: () => true,
          isTaken: () => false,
          onParked: () => undefined,
          logger,
        }),
      );
    };
    const first = openProcess(dying);
    subscribe(first);
    await first.bus.start().catch(() => undefined);
    for (const version of [1, 2, 3])
      await first.announce('one', version).then(
        () => committed.push(version),
        () => undefined,
      );
    await until(async () => statements > cut || (first.bus.totalLag() === 0 && (await waiting()) === 0));
    const isCut = statements > cut;
    await first.bus.stop().catch(() => undefined);

    const second = openProcess();
    subscribe(second);
    seen.length = 0;
    await second.bus.start();
    await second.bus.caughtUp('mail');
    await until(async () => (await waiting()) === 0);
    const tasks = await database.query<{ key: string }>('select key from two.tasks order by key');
    expect(tasks.map(({ key }) => key)).toEqual(
      expect.arrayContaining(committed.map((version) => `seen ${version}`)),
    );
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    await second.bus.stop();
    await database.query('truncate two.tasks');
    return isCut;
  };
});

/** A database whose statements pass through `around`. */
const decorated = (
  database: SqlDatabase,
  around: <T>(send: () => Promise<T>) => Promise<T>,
): SqlDatabase => ({
  ...database,
  ...sqlFrom((text, params) => around(() => database.run(text, params))),
  begin: () => around(() => database.begin()),
});
