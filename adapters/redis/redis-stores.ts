import type { Redis } from 'ioredis';
import type { EventEnvelope } from '#kernel/events.ts';
import type {
  DeadLetter,
  DeadLetterStore,
  LetterPosition,
  OutboxStore,
  ServiceStores,
} from '../messaging/stores.ts';
import type { RedisConnection } from './connection.ts';
import { keysOf, type Keys } from './keys.ts';
import { tryLease } from './lease.ts';
import { redisTaskStore } from './task-store.ts';
import { inUnit } from './unit-of-work.ts';

const RELAY_LEASE_MS = 10_000;

/** The stores of the platform; `prefix` is the prefix of all keys of the service. */
export const redisStores = (connection: RedisConnection, prefix: string): ServiceStores => {
  const keys = keysOf(prefix);
  return {
    outbox: outboxStore(connection, keys),
    deadLetters: deadLetterStore(connection, keys),
    tasks: redisTaskStore(connection, keys),
    housekeeping: { sweep: () => Promise.resolve() }, // Redis expires everything that ends
  };
};

const outboxStore = (connection: RedisConnection, keys: Keys): OutboxStore => ({
  oldest: async (limit) => {
    const entries = await connection.run((client) => client.xrange(keys.outbox, '-', '+', 'COUNT', limit));
    return entries.map(([id, [, event = '']]) => ({
      id: Number(id.slice('0-'.length)),
      envelope: JSON.parse(event) as EventEnvelope,
    }));
  },
  remove: async (ids) => {
    if (ids.length > 0)
      await connection.run((client) => client.xdel(keys.outbox, ...ids.map((id) => `0-${id}`)));
  },
  size: () => connection.run((client) => client.xlen(keys.outbox)),
  tryLock: () => tryLease(connection, keys.relay, RELAY_LEASE_MS),
});

/** A dead letter as stored. */
export interface StoredLetter extends Omit<DeadLetter, 'parkedAt'> {
  /** Milliseconds since 1970. */
  readonly parkedAt: number;
}

const toLetter = (stored: StoredLetter): DeadLetter => ({ ...stored, parkedAt: new Date(stored.parkedAt) });

/** How many dead letters there are up to a position. Of those parked at the same time, Redis sorts the keys. */
const rankAfter = async (
  client: Redis,
  keys: Keys,
  { parkedAt, consumer, eventId }: LetterPosition,
): Promise<number> => {
  const [at, key] = [parkedAt.getTime(), keys.deadLetter(consumer, eventId)];
  const [earlier, tied] = await Promise.all([
    client.zcount(keys.deadLetters, '-inf', `(${at}`),
    client.zrangebyscore(keys.deadLetters, at, at),
  ]);
  return earlier + tied.filter((one) => one <= key).length;
};

const deadLetterStore = (connection: RedisConnection, keys: Keys): DeadLetterStore => ({
  list: async (limit, after) => {
    const found = await connection.run(async (client) => {
      const first = after ? await rankAfter(client, keys, after) : 0;
      return client.zrange(keys.deadLetters, first, String(first + limit - 1));
    });
    const letters = await inUnit(connection, (tx) => tx.read<StoredLetter>(found));
    return letters.flatMap((letter) => (letter ? [toLetter(letter)] : []));
  },
  find: async (consumer, eventId) => {
    const [letter] = await inUnit(connection, (tx) =>
      tx.read<StoredLetter>([keys.deadLetter(consumer, eventId)]),
    );
    return letter && toLetter(letter);
  },
  reopen: (consumer, eventId) =>
    inUnit(connection, async (tx) => {
      const handled = keys.handled(consumer, eventId);
      const [letter] = await tx.read<StoredLetter>([keys.deadLetter(consumer, eventId), handled]);
      if (!letter) return undefined;
      tx.delete(handled);
      return toLetter(letter);
    }),
});
