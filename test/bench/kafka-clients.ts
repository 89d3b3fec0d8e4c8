/**
 * What a client library for Kafka costs, behind our port: `KAFKA_BROKERS=… node test/bench/kafka-clients.ts` (or without, on a
 * broker of its own). Batches of 100 × 1 kB, acknowledged by all replicas.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { KafkaClient, Outgoing } from '#adapters/kafka/kafka-client.ts';
import { openKafkaClient } from '#adapters/kafka/kafka-client.platformatic.ts';
import { kafka } from '#scripts/engines/kafka.ts';
import { table } from '#scripts/lib/table.ts';
import { startPrivateEngine } from '#test/kit/private-engine.ts';

const CLIENTS: Readonly<Record<string, (brokers: readonly string[]) => KafkaClient>> = {
  platformatic: openKafkaClient,
};
const ROUNDS = 3;
const BATCHES = 200;
const PER_BATCH = 100;
const BYTES = 1_000;
/** One message every so many ms, while nothing else goes on. */
const PACE_MS = 10;
const PACED = 500;

interface Figures {
  readonly produced: number;
  readonly produceCpu: number;
  readonly consumed: number;
  readonly consumeCpu: number;
  readonly latencies: readonly number[];
}

const message = (topic: string, value: string): Outgoing => ({
  topic,
  key: randomUUID(),
  value,
  headers: {},
});

/** Seconds, and CPU ms of this process, that `work` takes. */
const measured = async (work: () => Promise<void>): Promise<{ seconds: number; cpu: number }> => {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1000 };
};

const round = async (client: KafkaClient): Promise<Figures> => {
  const topic = randomUUID();
  await client.createTopics([topic], { partitions: 6, replicas: 1, retentionMs: 3_600_000 });
  const all = BATCHES * PER_BATCH;
  const text = 'x'.repeat(BYTES);
  const batches = Array.from({ length: BATCHES }, () =>
    Array.from({ length: PER_BATCH }, () => message(topic, text)),
  );
  const produce = await measured(async () => {
    for (const batch of batches) await client.send(batch);
  });

  let received = 0;
  let arrived: () => void = () => undefined;
  const latencies: number[] = [];
  const consume = await measured(async () => {
    await new Promise<void>((resolve) => {
      arrived = resolve;
      const member = client.join({
        group: topic,
        topics: [topic],
        batch: 200,
        handle: async (batch) => {
          received += batch.length;
          if (received > all)
            for (const { value } of batch) latencies.push(performance.now() - Number(value));
          if (received === all || received === all + PACED) arrived();
        },
        onError: console.error,
      });
      members.push(member);
    });
  });
  await new Promise<void>((resolve) => {
    arrived = resolve;
    void (async () => {
      for (let sent = 0; sent < PACED; sent += 1) {
        await client.send([message(topic, String(performance.now()))]);
        await pause(PACE_MS);
      }
    })();
  });
  for (const member of members.splice(0)) await member.stop();
  return {
    produced: all / produce.seconds,
    produceCpu: produce.cpu / (all / 1000),
    consumed: all / consume.seconds,
    consumeCpu: consume.cpu / (all / 1000),
    latencies,
  };
};

const members: { stop(): Promise<void> }[] = [];
const median = (values: readonly number[], share = 0.5): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;

const own = process.env['KAFKA_BROKERS'] === undefined ? await startPrivateEngine(kafka) : undefined;
try {
  const brokers = own
    ? z.object({ brokers: z.array(z.string()) }).parse(own.addresses).brokers
    : (process.env['KAFKA_BROKERS'] ?? '').split(',');
  const figures = new Map<string, Figures[]>();
  for (let turn = 0; turn <= ROUNDS; turn += 1)
    for (const [name, open] of Object.entries(CLIENTS)) {
      const client = open(brokers);
      const measurement = await round(client);
      await client.close();
      if (turn > 0) figures.set(name, [...(figures.get(name) ?? []), measurement]); // the first is for warming up
    }
  const row = ([name, list]: [string, Figures[]]): string[] => {
    const of = (key: Exclude<keyof Figures, 'latencies'>): string =>
      median(list.map((one) => one[key])).toFixed(0);
    const latencies = list.flatMap((one) => one.latencies);
    return [
      name,
      ...[of('produced'), of('produceCpu'), of('consumed'), of('consumeCpu')],
      `${median(latencies).toFixed(1)} / ${median(latencies, 0.99).toFixed(1)}`,
    ];
  };
  console.log(
    table(
      ['CLIENT', 'PRODUCED /s', 'CPU ms / 1,000', 'CONSUMED /s', 'CPU ms / 1,000', 'LATENCY p50 / p99 ms'],
      [...figures].map(row),
    ),
  );
} finally {
  await own?.stop();
}
