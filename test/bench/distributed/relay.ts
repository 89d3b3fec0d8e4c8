import { setTimeout as pause } from 'node:timers/promises';
import { KafkaBus } from '#adapters/kafka/kafka-bus.ts';
import { openKafkaClient } from '#adapters/kafka/kafka-client.platformatic.ts';
import { inPortions, toEnvelope, toMessage } from '#adapters/kafka/messages.ts';
import { readKafkaSettings } from '#adapters/kafka/settings.ts';
import { OutboxRelay } from '#adapters/messaging/relay.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { sqlOutboxStore } from '#adapters/postgres/sql-stores.ts';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { inventory } from '#inventory/main/module.ts';
import { anId, anItem, lineOf, events } from '#inventory/test/inventory.mother.ts';
import type { EventBus } from '#kernel/event-bus.ts';
import type { EventEnvelope, NewEvent } from '#kernel/events.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Figure } from '../figures.ts';
import { inversionsIn, type Met } from '../inversions.ts';
import { atRate, summarize } from '../load.ts';
import type { BenchDatabase } from './database.ts';
import type { DistributedRig } from './rig.ts';
import { tools } from './tools.ts';

const TOPIC = 'order.placed';
const KEYS = 100;
/** Enough that a second does not drain them. */
const EVENTS_PER_SECOND = 10_000;
/** As many as the relay takes at once. */
const BATCH = 500;
const COMMITS_PER_SECOND = 200;
const LOOK_AGAIN_MS = 5;

const { seal } = tools;
const logger = makeLogger({ service: 'bench', level: 'error' });

/** Orders' events, each of them the next of its key. */
const makeNextEvent = (): (() => NewEvent<typeof TOPIC>) => {
  const keys = Array.from({ length: KEYS }, anId);
  const { payload } = events.placed(anId(), [lineOf(anItem(), 1)]);
  let made = 0;
  return () => {
    const key = keys[made % KEYS] ?? '';
    made += 1;
    return { type: TOPIC, aggregateId: key, aggregateVersion: Math.ceil(made / KEYS), key, payload };
  };
};

const busOf = (brokers: readonly string[], prefix: string): KafkaBus =>
  new KafkaBus({
    client: openKafkaClient(brokers),
    settings: readKafkaSettings({ KAFKA_BROKERS: brokers.join(','), KAFKA_PREFIX: prefix }),
    logger,
    topics: [TOPIC],
  });

/** From an outbox to Kafka by the service's own relay, beside the same client that sends the same batches by itself. */
export const relay = async (rig: DistributedRig): Promise<readonly Figure[]> => {
  const { brokers } = rig.engines.kafka;
  const outbox = await rig.database('relay', inventory);
  const bus = busOf(brokers, 'bench.');
  await bus.start();
  const acknowledged = new Map<string, number>();
  const watched: EventBus = {
    publish: async (envelopes) => {
      await bus.publish(envelopes);
      const at = performance.now();
      for (const { event_id } of envelopes) acknowledged.set(event_id, at);
    },
    subscribe: (subscription) => bus.subscribe(subscription),
    start: () => bus.start(),
    stop: () => bus.stop(),
    lag: (consumer) => bus.lag(consumer),
    caughtUp: (consumer) => bus.caughtUp(consumer),
  };
  const relayed = new OutboxRelay(sqlOutboxStore(outbox.database, outbox.schema), watched, logger);
  try {
    const next = makeNextEvent();
    await bus.publish([seal(next())]); // connects, and learns of the topic
    const drained = await drain(rig.seconds, outbox, relayed, acknowledged, next);
    const floor = {
      what: 'the same client, raw batches',
      value: await rawPerSecond(brokers, drained.events),
    };
    const lag = await measureLag(rig.seconds, outbox, relayed, acknowledged, next);
    const met = await readAll(brokers, 1 + drained.events.length + lag.count);
    return [
      { what: 'relay, outbox to Kafka', value: drained.perSecond, unit: '/s', floor, aim: { atLeast: 0.3 } },
      { what: 'relay: inversions within a key', value: inversionsIn(met), unit: '', aim: { atMost: 0 } },
      { what: `relay: commit to acknowledgement, p50 at ${COMMITS_PER_SECOND}/s`, value: lag.p50Ms, unit: 'ms', latencies: lag },
      { what: 'relay: commit to acknowledgement, p99', value: lag.p99Ms, unit: 'ms', aim: { atMost: 50 } },
    ]; // prettier-ignore
  } finally {
    await relayed.stop();
    await bus.stop();
  }
};

/** Starts the relay on an outbox that is full, and times it until that is empty. */
const drain = async (
  seconds: number,
  { database, schema }: BenchDatabase,
  relayed: OutboxRelay,
  acknowledged: ReadonlyMap<string, number>,
  next: () => NewEvent,
): Promise<{ readonly perSecond: number; readonly events: readonly EventEnvelope[] }> => {
  const events = Array.from({ length: Math.ceil(seconds * EVENTS_PER_SECOND) }, () => seal(next()));
  await database.query(
    `insert into ${schema}.outbox (event_id, envelope) select * from unnest($1::uuid[], $2::text[])`,
    [events.map(({ event_id }) => event_id), events.map((event) => JSON.stringify(event))],
  );
  const store = sqlOutboxStore(database, schema);
  const began = performance.now();
  relayed.start();
  while (acknowledged.size < events.length) await pause(LOOK_AGAIN_MS); // counting a full outbox would slow it down
  while ((await store.size()) > 0) await pause(LOOK_AGAIN_MS);
  return { perSecond: events.length / ((performance.now() - began) / 1_000), events };
};

const rawPerSecond = async (
  brokers: readonly string[],
  events: readonly EventEnvelope[],
): Promise<number> => {
  const bus = busOf(brokers, 'floor.');
  await bus.start();
  const client = openKafkaClient(brokers);
  const messages = events.map((event) => toMessage('floor.', event));
  await client.send(messages.slice(0, 1)); // like the bus, it has connected to its brokers
  const began = performance.now();
  for (let sent = 0; sent < messages.length; sent += BATCH)
    for (const portion of inPortions(messages.slice(sent, sent + BATCH))) await client.send(portion);
  const perSecond = messages.length / ((performance.now() - began) / 1_000);
  await client.close();
  await bus.stop();
  return perSecond;
};

/** Commits at a steady rate, each with an event, and what passes until Kafka has it. */
const measureLag = async (
  seconds: number,
  { database, schema }: BenchDatabase,
  relayed: OutboxRelay,
  acknowledged: ReadonlyMap<string, number>,
  next: () => NewEvent,
): Promise<ReturnType<typeof summarize>> => {
  const committed = new Map<string, number>();
  const commit = async (): Promise<void> => {
    let id = '';
    const own = {
      ...tools,
      seal: (event: NewEvent) => {
        const envelope = seal(event);
        id = envelope.event_id;
        return envelope;
      },
      wakeRelay: () => relayed.wake(),
    };
    const units: UnitOfWork<BaseTx> = sqlUnitOfWork(own, { database, schema }, () => ({}));
    await units.run(({ outbox }) => outbox.add(next()));
    committed.set(id, performance.now());
  };
  await atRate({ perSecond: COMMITS_PER_SECOND, seconds }, commit);
  while ([...committed.keys()].some((id) => !acknowledged.has(id))) await pause(LOOK_AGAIN_MS);
  return summarize(
    [...committed].map(([id, at]) => (acknowledged.get(id) ?? NaN) - at),
    seconds,
  );
};

/** The topic from its beginning, until `count` messages have come. */
const readAll = async (brokers: readonly string[], count: number): Promise<readonly Met[]> => {
  const client = openKafkaClient(brokers);
  const met: Met[] = [];
  let whenAll: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (whenAll = resolve));
  let failed: unknown;
  const member = client.join({
    group: 'bench.reader',
    topics: [`bench.${TOPIC}`],
    batch: 1_000,
    handle: async (batch) => {
      for (const message of batch) {
        const { key, aggregate_version: version } = toEnvelope('bench.', message);
        met.push({ key, version });
      }
      if (met.length >= count) whenAll();
    },
    onError: (error) => (failed = error),
  });
  const isAll = await Promise.race([all.then(() => true), pause(30_000, false, { ref: false })]);
  await member.stop();
  await client.close();
  if (!isAll) throw new Error(`${met.length} of ${count} events arrived from Kafka`, { cause: failed });
  return met;
};
