import { z } from 'zod';
import { openKafkaClient } from '#adapters/kafka/kafka-client.platformatic.ts';
import { toMessage } from '#adapters/kafka/messages.ts';
import { openPg } from '#adapters/postgres/pg-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { lookUntil } from '#test/kit/conditions.ts';
import { eventAbout } from '#test/kit/events.ts';
import { CARDS, Shopper } from '#test/kit/shopper.ts';
import type { Rig } from './rig.ts';

/** Ends the trouble. */
export type Heal = () => Promise<void>;

export interface GameDay {
  readonly name: string;
  /** What fires, and soon after `heal` no more. */
  readonly alert: string;
  /** What goes wrong; for those who have looked for it. */
  readonly story: string;
  begin(rig: Rig): Promise<Heal>;
}

const HOUR_MS = 3_600_000;

const openStore = ({ engines }: Rig, service: string): SqlDatabase =>
  openPg({
    url: engines.postgres.services[service] ?? '',
    poolSize: 1,
    statementTimeoutMs: HOUR_MS, // also how long a transaction may be idle
    onError: () => undefined,
  });

/** As if it hung: it keeps its connections, and answers nobody. */
const pause = async (rig: Rig, service: string): Promise<Heal> => {
  const pid = await rig.pidOf(service);
  process.kill(pid, 'SIGSTOP');
  return () => {
    process.kill(pid, 'SIGCONT');
    return Promise.resolve();
  };
};

const send = async ({ engines }: Rig, events: readonly EventEnvelope[]): Promise<void> => {
  const client = openKafkaClient(engines.kafka.brokers);
  try {
    await client.send(events.map((event) => toMessage('', event)));
  } finally {
    await client.close();
  }
};

/** Nobody has seen this product: the event changes no figure that staff look at. */
const viewed = (): EventEnvelope => eventAbout(systemIds.next(), 'product.viewed');

const targetDown: GameDay = {
  name: 'target-down',
  alert: 'TargetDown',
  story: 'media hangs: the process is there, and answers nobody.',
  begin: (rig) => pause(rig, 'media'),
};

/** More than the threshold of the alert. */
const MANY = 1_500;

const consumerLag: GameDay = {
  name: 'consumer-lag',
  alert: 'ConsumerLags',
  story: 'A forgotten transaction holds a lock on the inbox of analytics, while products are looked at.',
  begin: async (rig) => {
    const store = openStore(rig, 'analytics');
    const session = await store.begin();
    await session.query('lock table analytics.inbox in access exclusive mode');
    const event = viewed(); // one event many times: the inbox lets it through once
    await send(
      rig,
      Array.from({ length: MANY }, () => event),
    );
    return async () => {
      await session.rollback();
      await store.close();
    };
  },
};

const Letters = z.object({ items: z.array(z.object({ consumer: z.string(), event_id: z.string() })) });

const deadLetters: GameDay = {
  name: 'dead-letters',
  alert: 'DeadLetters',
  story: 'A producer publishes an event that breaks its contract; analytics gives it up.',
  begin: async (rig) => {
    const event = viewed();
    const spoiled: unknown = { ...event, payload: { spoiled: true } };
    await send(rig, [spoiled as EventEnvelope]);
    return async () => {
      const operator = new Shopper(rig.shopUrl, rig.tokensUrl);
      await operator.logIn('operator@example.com', 'demo-operator-1');
      const path = '/api/v1/operations/analytics/dead-letters';
      const found = await operator.call('GET', `${path}?event_id=${event.event_id}`, [200]);
      const letters = Letters.parse(found.body).items; // one for each consumer that gave it up
      await operator.call('POST', `${path}/discard`, [200], { letters, reason: 'A game day.' });
    };
  },
};

const stuckTasks: GameDay = {
  name: 'stuck-tasks',
  alert: 'TasksStuck',
  story:
    'A release was rolled back; what it had planned stays, and the older release does not know that kind of task.',
  begin: async (rig) => {
    const store = openStore(rig, 'order');
    await store.query(
      `insert into orders.tasks (key, kind, payload, cause, run_at, attempts, last_error)
       values ('gameday', 'order.of_a_newer_release', '{}', '{"correlationId":"gameday","causationId":"gameday"}',
               now() + interval '1 day', 12, 'no worker for this kind of task')
       on conflict do nothing`,
    );
    return async () => {
      await store.query("delete from orders.tasks where key = 'gameday'");
      await store.close();
    };
  },
};

const ordersPending: GameDay = {
  name: 'orders-pending',
  alert: 'OrdersPendingTooLong',
  story: 'payment hangs, so an order waits for it; the clock of the order is put back by an hour.',
  begin: async (rig) => {
    const shopper = new Shopper(rig.shopUrl, rig.tokensUrl);
    await shopper.register(`gameday-${Date.now()}@example.com`, 'a-day-for-a-game');
    await shopper.addToCart(await shopper.findVariant(1));
    const quote = await shopper.quote();
    const token = await shopper.tokenise(CARDS.good);
    const resume = await pause(rig, 'payment');
    const { order_id: id } = await shopper.place(quote, token);
    const store = openStore(rig, 'order');
    // Once its stock is reserved: that writes the order again, with its own time.
    await lookUntil(
      () =>
        store.query(
          `update orders.orders set created_at = created_at - interval '1 hour'
           where order_id = $1 and version > 1 returning order_id`,
          [id],
        ),
      (rows) => rows.length > 0,
    );
    await store.close();
    return resume;
  },
};

export const GAME_DAYS: readonly GameDay[] = [
  targetDown,
  consumerLag,
  deadLetters,
  stuckTasks,
  ordersPending,
];
