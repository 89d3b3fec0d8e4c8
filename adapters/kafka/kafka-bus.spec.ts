import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeLogger } from '#adapters/observability/logger.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { goneEnvelope } from '#test/kit/events.ts';
import { KafkaBus } from './kafka-bus.ts';
import type { Consumption, KafkaClient, Outgoing } from './kafka-client.ts';

const settings = { prefix: '', partitions: 1, replicas: 1, retentionMs: 1_000 };
const logger = makeLogger({ service: 'test', level: 'silent' });
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('the bus on a broker', () => {
  let joined: Consumption | undefined;
  let send: (messages: readonly Outgoing[]) => Promise<void>;
  let waiting: () => Promise<number>;
  let bus: KafkaBus;
  let handle: Subscription['handle'];

  const deliver = (event: EventEnvelope, signal = new AbortController().signal): Promise<void> | undefined =>
    joined?.handle(
      [{ topic: 'product.deleted', partition: 0, offset: 1n, value: Buffer.from(JSON.stringify(event)) }],
      signal,
    );

  beforeEach(async () => {
    vi.useFakeTimers();
    send = () => Promise.resolve();
    waiting = () => Promise.resolve(0);
    const client: KafkaClient = {
      createTopics: () => Promise.resolve(),
      send: (messages) => send(messages),
      join: (consumption) => {
        joined = consumption;
        return { stop: () => Promise.resolve() };
      },
      waiting: () => waiting(),
      close: () => Promise.resolve(),
    };
    bus = new KafkaBus({ client, settings, logger });
    bus.subscribe({ consumer: 'mail', topics: ['product.deleted'], handle: (batch) => handle(batch) });
    await bus.start();
  });
  afterEach(async () => {
    await bus.stop();
    vi.useRealTimers();
  });

  it('retries a batch with growing pauses while its consumer cannot handle it', async () => {
    const tries: number[] = [];
    handle = async () => {
      tries.push(performance.now());
      if (tries.length < 12) throw new Error('the store is away');
    };
    const done = deliver(goneEnvelope());
    await pass(120_000);
    await done;
    const pauses = tries.slice(1).map((time, index) => Math.round(time - (tries[index] ?? 0)));
    expect(pauses).toEqual([50, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000, 5_000]);
  });

  it('stops retrying when its partitions are revoked, and commits nothing', async () => {
    handle = () => Promise.reject(new Error('the store is away'));
    const lost = new AbortController();
    const done = expect(deliver(goneEnvelope(), lost.signal)).rejects.toThrow();
    await pass(1_000);
    lost.abort();
    await done;
  });

  it('sends calls of publish in sequence, even after one fails', async () => {
    const first = Promise.withResolvers<undefined>();
    const sent: (readonly string[])[] = [];
    send = async (messages) => {
      sent.push(messages.map(({ key }) => key));
      if (sent.length === 1) await first.promise;
    };
    const [one, two] = [goneEnvelope(), goneEnvelope()];
    const failing = expect(bus.publish([one])).rejects.toThrow('the broker is away');
    const following = bus.publish([two]);
    await pass(0);
    expect(sent).toEqual([[one.key]]);
    first.reject(new Error('the broker is away'));
    await failing;
    await following;
    expect(sent).toEqual([[one.key], [two.key]]);
  });

  it('sends the portions of a call in sequence, and none after one fails', async () => {
    const sent: (readonly string[])[] = [];
    const first = Promise.withResolvers<undefined>();
    send = async (messages) => {
      sent.push(messages.map(({ value }) => (JSON.parse(value) as EventEnvelope).event_id));
      await first.promise;
    };
    /** As large as half a portion and a bit. */
    const large = (): EventEnvelope => ({ ...goneEnvelope(), correlation_id: 'x'.repeat(300_000) });
    const [one, two, three] = [large(), large(), large()];
    const publishing = expect(bus.publish([one, two, three])).rejects.toThrow('the broker is away');
    await pass(0);
    expect(sent).toEqual([[one.event_id]]);
    first.reject(new Error('the broker is away'));
    await publishing;
    expect(sent).toEqual([[one.event_id]]);
    send = async (messages) =>
      void sent.push(messages.map(({ value }) => (JSON.parse(value) as EventEnvelope).event_id));
    await bus.publish([one, two, three]);
    expect(sent.slice(1)).toEqual([[one.event_id], [two.event_id], [three.event_id]]);
  });

  it('reports the lag of a second ago, also after an outage of the broker', async () => {
    waiting = () => Promise.resolve(7);
    await pass(1_000);
    expect(bus.lag('mail')).toBe(7);
    waiting = () => Promise.reject(new Error('the broker is away'));
    await pass(1_000);
    expect(bus.lag('mail')).toBe(7);
    waiting = () => Promise.resolve(2);
    await pass(1_000);
    expect(bus.lag('mail')).toBe(2);
  });
});
