import { setTimeout as pause } from 'node:timers/promises';
import {
  Admin,
  compatibilityPartitioner,
  Connection,
  Consumer,
  instancesChannel,
  ListOffsetTimestamps,
  ProduceAcks,
  Producer,
  stringSerializers,
  type Message,
  type MessagesStream,
} from '@platformatic/kafka';
import { Bell } from '../messaging/bell.ts';
import { answered, closed, renewable } from './answered.ts';
import type { Consumption, Incoming, KafkaClient, Member } from './kafka-client.ts';
import type { KafkaSecurity } from './settings.ts';
import { unusable } from './trouble.ts';

/** The pause before a member that lost its broker joins again; the library has then retried for some seconds. */
const PAUSE_MS = 1_000;
const FETCH_WAIT_MS = 500;
/** A member whose group has not responded for this long has lost its membership. */
const STALL_MS = 10_000;
/** A member that receives nothing for this long checks for a backlog. */
const IDLE_MS = 10_000;
/** A backlog is delivered within this time, or never. */
const COMING_MS = 5_000;

type RawMessage = Message;
type RawStream = MessagesStream<Buffer, Buffer, Buffer, Buffer>;
type RawConsumer = Consumer;

/** The offset of a group without a commit in a partition. */
const NOTHING = -1n;

interface Partitions {
  readonly name: string;
  readonly partitionIndexes: number[];
}

/** By topic and partition. */
type Offsets = ReadonlyMap<string, bigint>;

const byPlace = <P extends { readonly partitionIndex: number }>(
  topics: readonly { readonly name: string; readonly partitions: readonly P[] }[],
  offsetOf: (partition: P) => bigint,
): Offsets =>
  new Map(
    topics.flatMap(({ name, partitions }) =>
      partitions.map((partition) => [`${name}:${partition.partitionIndex}`, offsetOf(partition)]),
    ),
  );

const partitionsOf = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** The library's type always has a value, but a message without one has `null`. */
type FoundMessage = Omit<Incoming, 'value'> & { readonly value: Uint8Array | null };

const toIncoming = ({ topic, partition, offset, value }: FoundMessage): Incoming => ({
  topic,
  partition,
  offset,
  value: value ?? new Uint8Array(),
});

/** The messages received so far, at most `most`. */
const readBatch = (stream: RawStream, most: number): readonly RawMessage[] => {
  const batch: RawMessage[] = [];
  while (batch.length < most) {
    const message = stream.read() as RawMessage | null;
    if (message === null) break;
    batch.push(message);
  }
  return batch;
};

/** The offsets after the last message of each partition. */
const offsetsBehind = (batch: readonly RawMessage[]) =>
  [...Map.groupBy(batch, ({ topic, partition }) => `${topic} ${partition}`).values()].flatMap((messages) => {
    const last = messages.at(-1);
    if (!last) return [];
    const { topic, partition, offset, leaderEpoch } = last;
    return [{ topic, partition, offset: offset + 1n, leaderEpoch }];
  });

/** One membership, until it breaks, which throws, or `stopping` is aborted. */
const consume = async (
  consumer: RawConsumer,
  consumption: Consumption,
  endsOf: (topics: readonly Partitions[]) => Promise<Offsets>,
  stopping: AbortSignal,
): Promise<void> => {
  const stream = await answered(
    consumer.consume({
      topics: [...consumption.topics],
      mode: 'committed',
      fallbackMode: 'earliest',
      autocommit: false,
      maxWaitTime: FETCH_WAIT_MS,
    }),
  );
  /** Whether its partitions hold messages that it has not received. */
  const isBehind = async (): Promise<boolean> => {
    const own = (consumer.assignments ?? []).map(({ topic, partitions }) => ({
      name: topic,
      partitionIndexes: partitions,
    }));
    const ends = own.length === 0 ? [] : await endsOf(own);
    return [...ends].some(([place, end]) => end > (stream.offsetsToFetch.get(place) ?? end));
  };
  const broken = new AbortController();
  // If a restarted broker has forgotten the member, the library would keep asking for ever.
  consumer.on('consumer:heartbeat:stalled', ({ lastError }) => {
    broken.abort(new Error('the group no longer knows this member', { cause: lastError }));
  });
  stream.on('error', (error) => broken.abort(error));
  stream.on('close', () => broken.abort(new Error('the stream was closed')));
  const signal = AbortSignal.any([stopping, broken.signal]);
  const bell = new Bell();
  stream.on('readable', bell.ring); // never removed: a stream without a listener fetches nothing
  signal.addEventListener('abort', bell.ring);
  while (!signal.aborted) {
    const batch = readBatch(stream, consumption.batch);
    if (batch.length > 0) {
      await consumption.handle(batch.map(toIncoming), signal);
      await answered(consumer.commit({ offsets: offsetsBehind(batch) }));
    } else if (!(await bell.rung(IDLE_MS)) && (await isBehind()) && !(await bell.rung(COMING_MS)))
      throw new Error('its partitions hold messages that are not delivered');
  }
  broken.signal.throwIfAborted();
};

/**
 * A connection that breaks during authentication emits two errors. Its pool listens to the first only, and an unhandled error
 * event ends the process. The promise of the connection rejects in any case.
 */
instancesChannel.subscribe((message) => {
  if (typeof message !== 'object' || message === null || !('instance' in message)) return;
  if (message.instance instanceof Connection) message.instance.on('error', () => undefined);
});

/** A client based on @platformatic/kafka; the only file that imports it. */
export const openKafkaClient = (
  brokers: readonly string[],
  { tls, sasl }: KafkaSecurity = {},
): KafkaClient => {
  const common = {
    clientId: 'shop',
    bootstrapBrokers: [...brokers],
    ...(tls && { tls: { ...tls }, tlsServerName: true }),
    ...(sasl && { sasl }),
  };
  const admin = renewable(() => new Admin(common));
  const producer = renewable(
    () =>
      new Producer({
        ...common,
        serializers: stringSerializers,
        idempotent: true,
        acks: ProduceAcks.ALL,
        partitioner: compatibilityPartitioner,
      }),
  );

  const offsetsAt = async (timestamp: bigint, topics: readonly Partitions[]): Promise<Offsets> => {
    const asked = topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => ({ partitionIndex, timestamp })),
    }));
    const listed = await admin.ask((client) => client.listOffsets({ topics: asked }));
    return byPlace(listed, ({ offset }) => offset);
  };

  const missingOf = async (topics: readonly string[]): Promise<string[]> => {
    const existing = new Set(await admin.ask((client) => client.listTopics()));
    return topics.filter((topic) => !existing.has(topic));
  };

  const run = async (consumption: Consumption, stopping: AbortSignal): Promise<void> => {
    const isStopping = (): boolean => stopping.aborted;
    while (!isStopping()) {
      const consumer: RawConsumer = new Consumer({
        ...common,
        groupId: consumption.group,
        groupProtocol: 'consumer', // the broker assigns partitions and moves as few as possible
        heartbeatStallTimeout: STALL_MS,
      });
      try {
        await consume(consumer, consumption, (own) => offsetsAt(ListOffsetTimestamps.LATEST, own), stopping);
      } catch (error) {
        if (!isStopping()) consumption.onError(error);
      }
      await closed(consumer.close(true));
      await pause(PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined);
    }
  };

  return {
    createTopics: async (topics, { partitions, replicas, retentionMs }) => {
      const missing = await missingOf(topics).catch((error: unknown) => {
        throw unusable(brokers, error);
      });
      if (missing.length === 0) return;
      const configs = [{ name: 'retention.ms', value: String(retentionMs) }];
      try {
        const wanted = { topics: missing, partitions, replicas, configs };
        await admin.ask((client) => client.createTopics(wanted));
      } catch (error) {
        if ((await missingOf(missing)).length > 0) throw error; // otherwise another service was faster
      }
    },
    send: async (messages) => {
      const sent = messages.map((message) => ({ ...message }));
      await producer.ask((client) => client.send({ messages: sent }));
    },
    join: (consumption): Member => {
      const stopping = new AbortController();
      const running = run(consumption, stopping.signal);
      return {
        stop: async () => {
          stopping.abort();
          await running;
        },
      };
    },
    waiting: async (group, topics) => {
      const { topics: known } = await admin.ask((client) => client.metadata({ topics: [...topics] }));
      const asked = topics.map((name) => ({
        name,
        partitionIndexes: partitionsOf(known.get(name)?.partitionsCount ?? 0),
      }));
      const first = await offsetsAt(ListOffsetTimestamps.EARLIEST, asked);
      const end = await offsetsAt(ListOffsetTimestamps.LATEST, asked);
      const groups = [{ groupId: group, topics: asked }];
      const [found] = await admin.ask((client) => client.listConsumerGroupOffsets({ groups }));
      const committed = byPlace(found?.topics ?? [], ({ committedOffset }) => committedOffset);
      let waiting = 0n;
      for (const [place, last] of end) {
        const at = committed.get(place) ?? NOTHING;
        waiting += last - (at === NOTHING ? (first.get(place) ?? 0n) : at);
      }
      return Number(waiting);
    },
    close: async () => {
      await producer.close();
      await admin.close();
    },
  };
};
