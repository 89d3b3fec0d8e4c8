import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KafkaBus } from '#adapters/kafka/kafka-bus.ts';
import { openKafkaClient } from '#adapters/kafka/kafka-client.platformatic.ts';
import { readKafkaSettings } from '#adapters/kafka/settings.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { until } from '#test/kit/conditions.ts';
import { logger } from '#test/kit/log.ts';
import { startRecommendation } from '#test/kit/recommendation.ts';
import { connectRedis, emptyRedis } from '#test/kit/redis.ts';
import { completed } from '#test/kit/sample.ts';

const TOPICS = [
  'product.created',
  'product.updated',
  'product.deleted',
  'product.viewed',
  'inventory.availability_changed',
  'cart.item_added',
  'order.placed',
  'user.forgotten',
] as const satisfies readonly EventType[];

/** Of a sold-out product, milliseconds. */
const GONE_WITHIN = 2_000;

type Service = Awaited<ReturnType<typeof startRecommendation>>;

describe('the recommendation service on Kafka and Redis', () => {
  let env: Readonly<Record<string, string>>;
  let bus: KafkaBus;
  beforeEach(async () => {
    const redis = new URL(process.env['REDIS_URL'] ?? '');
    redis.pathname = `/${process.env['VITEST_POOL_ID'] ?? '1'}`;
    const connection = connectRedis();
    await emptyRedis(connection, 'recommendation');
    const kafka = {
      KAFKA_BROKERS: process.env['KAFKA_BROKERS'] ?? '',
      KAFKA_PREFIX: `${systemIds.next()}.`,
      KAFKA_PARTITIONS: '2',
    };
    env = { ...kafka, REDIS_URL: redis.href };
    const settings = readKafkaSettings(kafka);
    bus = new KafkaBus({ client: openKafkaClient(settings.brokers), settings, logger, topics: TOPICS });
    await bus.start();
  });
  afterEach(() => bus.stop());

  const event = (type: EventType, payload: object): EventEnvelope =>
    completed(type, { event_id: systemIds.next(), correlation_id: 'a story', payload });
  const stocked = (product: string, version: number, isAvailable = true): EventEnvelope =>
    event('inventory.availability_changed', { sku: product, version, is_available: isAvailable });
  const sells = (product: string): Promise<void> =>
    bus.publish([
      event('product.created', { product_id: product, version: 1, variants: [{ sku: product }] }),
      stocked(product, 1),
    ]);
  const ordered = (product: string, user: string): EventEnvelope =>
    event('order.placed', {
      order_id: systemIds.next(),
      customer: { user_id: user },
      items: [{ product_id: product }],
      placed_at: new Date().toISOString(),
    });
  const shown = async ({ url, toolbox }: Service, list = 'popular', user?: string) => {
    const headers = user === undefined ? {} : { authorization: `Bearer ${await toolbox.tokenOf(user)}` };
    const answer = await fetch(`${url}/api/v1/recommendations?list=${list}`, { headers });
    const { items } = (await answer.json()) as { readonly items: readonly { readonly product_id: string }[] };
    return items.map(({ product_id }) => product_id);
  };

  it('knows what happened before it started, and soon what happens', async () => {
    const product = systemIds.next();
    await sells(product);
    const service = await startRecommendation(env);
    await until(async () => (await shown(service)).includes(product));
    await until(async () => (await fetch(`${service.url}/health/ready`)).ok); // once it has read all that there was
    const began = performance.now();
    await bus.publish([stocked(product, 2, false)]);
    await until(async () => !(await shown(service)).includes(product));
    expect(performance.now() - began).toBeLessThan(GONE_WITHIN * 5); // on a loaded machine
  });

  it('goes on where it was when it was killed, and tells another instance all', async () => {
    const [product, later, user] = [systemIds.next(), systemIds.next(), systemIds.next()];
    await sells(product);
    await bus.publish([ordered(product, user)]);
    const first = await startRecommendation(env);
    const bought = (service: Service) => shown(service, 'buy_again', user);
    await until(async () => (await bought(first)).includes(product));
    await first.end('SIGKILL');
    await sells(later);
    await bus.publish([ordered(later, user)]);
    const [again, other] = [await startRecommendation(env), await startRecommendation(env)];
    for (const service of [again, other]) await until(async () => (await bought(service)).length === 2);
  });

  it('forgets an erased user everywhere', async () => {
    const [product, user] = [systemIds.next(), systemIds.next()];
    await sells(product);
    await bus.publish([ordered(product, user)]);
    const service = await startRecommendation(env);
    await until(async () => (await shown(service, 'buy_again', user)).length === 1);
    await bus.publish([event('user.forgotten', { user_id: user })]);
    await until(async () => (await shown(service, 'buy_again', user)).length === 0);
    const connection = connectRedis();
    await until(async () => (await connection.run((client) => client.keys(`*${user}*`))).length === 0);
  });
});
