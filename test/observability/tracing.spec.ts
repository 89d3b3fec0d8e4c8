import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace';
import { overHttp } from '#adapters/http/client.http.ts';
import { makeServiceClient } from '#adapters/http/client.ts';
import { each } from '#adapters/messaging/consumer.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import { startTracing } from '#adapters/observability/otlp.ts';
import { traceWith } from '#adapters/observability/tracing.ts';
import { makePolicy } from '#adapters/resilience/policy.ts';
import { openService, type RunningService } from '#adapters/service/host.ts';
import { makeConsumer, makeWorker } from '#adapters/service/parts.ts';
import { loadSpec } from '#adapters/http/spec.ts';
import { catalog } from '#catalog/main/module.ts';
import { prepareGateway, type RunningGateway } from '#gateway/main/gateway.ts';
import { openProbe } from '#test/contracts/probe.ts';
import { until } from '#test/kit/conditions.ts';
import { makeSend, type Send } from '#test/kit/http.ts';
import { openToolbox, type TestToolbox } from '#test/kit/toolbox.ts';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });

let toolbox: TestToolbox;
let service: RunningService;
let gateway: RunningGateway;
let send: Send;
let isPerformed = Promise.withResolvers<undefined>();

const product = (sku: string) => ({
  name: 'Kettle',
  description: 'It boils.',
  category: 'Kitchen',
  subcategory: 'Kettles',
  brand: 'Maker',
  variants: [{ sku, price: 19.99, currency: 'EUR' }],
});

/** Someone who follows the catalogue, and calls it for each new product as a task. */
const openFollower = async (): Promise<() => Promise<void>> => {
  const probe = await openProbe('memory', 'follower');
  const ask = makeServiceClient({
    service: 'catalog',
    transport: overHttp({
      service: 'catalog',
      baseUrls: () => [`http://127.0.0.1:${service.port}`],
      tokens: () => toolbox.serviceToken('follower', 'offers:read'),
    }),
    policy: makePolicy({ name: 'catalog', timeoutMs: 5_000, retries: 0 }),
  });
  toolbox.bus.subscribe(
    makeConsumer(probe.toolbox, probe.unitOfWork, 'follower', {
      'product.created': each(async ({ tasks }, event) =>
        tasks.schedule({
          key: event.aggregate_id,
          kind: 'look',
          payload: event.payload.variants[0]?.variant_id,
        }),
      ),
    }),
  );
  const worker = makeWorker(probe.toolbox, probe.unitOfWork, {
    kind: 'look',
    perform: ({ payload }) =>
      ask({
        method: 'POST',
        path: '/internal/v1/offers',
        scope: 'offers:read',
        body: { variant_ids: [payload] },
      }),
    settle: async () => isPerformed.resolve(undefined),
  });
  probe.onWake({ relay: () => undefined, tasks: (due) => worker.expect(due) });
  worker.start();
  return () => worker.stop();
};

const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const wake = { relay: (): void => undefined };
  toolbox = { ...(await openToolbox('memory', catalog)), wakeRelay: () => wake.relay() };
  service = await openService(catalog, {
    toolbox,
    host: '127.0.0.1',
    port: 0,
    validateResponses: true,
    isAlone: true,
    onWake: (targets) => Object.assign(wake, targets),
  });
  const { start } = prepareGateway({
    specs: [{ service: 'catalog', spec: loadSpec(catalog.spec) }],
    addressesOf: () => [`http://127.0.0.1:${service.port}`],
    verify: toolbox.verify,
    key: toolbox.key,
    bus: toolbox.bus,
    logger: toolbox.logger,
    metrics: new Metrics('gateway'),
    security: toolbox.security,
    env: {},
    pages: { profile: 'test', accounts: [], links: () => [] },
    host: '127.0.0.1',
    port: 0,
  });
  const closeFollower = await openFollower();
  await toolbox.bus.start();
  await service.start();
  gateway = await start();
  send = makeSend(`http://127.0.0.1:${gateway.port}`);
  closing.push(
    () => gateway.stop(),
    closeFollower,
    () => service.stop(),
    () => toolbox.bus.stop(),
  );
});
afterAll(async () => {
  for (const close of closing) await close();
  traceWith(undefined);
});

/** Creates a product through the gateway, and waits until the follower has looked at it. */
const create = async (sku: string, headers: Record<string, string> = {}): Promise<void> => {
  isPerformed = Promise.withResolvers<undefined>();
  const token = await toolbox.tokenOf('u-1', 'catalog_manager');
  expect((await send('POST', '/api/v1/products', { token, body: product(sku), headers })).status).toBe(201);
  await isPerformed.promise;
};
const spans = (): readonly ReadableSpan[] => exporter.getFinishedSpans();

describe('tracing', () => {
  it('has one trace, from the gateway through outbox and bus to every consumer', async () => {
    traceWith(provider.getTracer('test'));
    await create('KET-1');
    await until(() => spans().length >= 6);
    traceWith(undefined);

    const idOf = (span: ReadableSpan): string => span.spanContext().spanId;
    const parentOf = (span: ReadableSpan): string =>
      spans().find((one) => idOf(one) === span.parentSpanContext?.spanId)?.name ?? 'nobody';
    expect(
      spans()
        .map((span) => `${span.name} of ${parentOf(span)}`)
        .toSorted(),
    ).toEqual([
      'POST /api/v1/products of POST /api/v1/products', // the catalog’s, of the gateway’s
      'POST /api/v1/products of nobody',
      'POST /internal/v1/offers of POST catalog',
      'POST catalog of perform look',
      'perform look of process product.created',
      'process product.created of POST /api/v1/products',
    ]);
    expect(new Set(spans().map((span) => span.spanContext().traceId)).size).toBe(1);
  });

  it('continues the trace of a client', async () => {
    exporter.reset();
    traceWith(provider.getTracer('test'));
    await create('KET-2', { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' });
    await until(() => spans().length >= 6);
    traceWith(undefined);
    expect(new Set(spans().map((span) => span.spanContext().traceId))).toEqual(
      new Set(['0af7651916cd43dd8448eb211c80319c']),
    );
  });

  it('shows failures', async () => {
    exporter.reset();
    traceWith(provider.getTracer('test'));
    await send('GET', '/api/v1/products/nonsense');
    await until(() => spans().length >= 2);
    traceWith(undefined);
    expect(spans().map(({ attributes }) => attributes['http.response.status_code'])).toEqual([400, 400]);
    expect(
      spans()
        .map(({ attributes }) => attributes['shop.service'])
        .toSorted(),
    ).toEqual(['catalog', 'gateway']);
  });

  it('is off by default, and still forwards a client’s trace', async () => {
    exporter.reset();
    const stop = await startTracing('shop', {});
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const published: unknown[] = [];
    const publish = toolbox.bus.publish.bind(toolbox.bus);
    toolbox.bus.publish = (events) => {
      published.push(...events.map((event) => event.traceparent));
      return publish(events);
    };
    await create('KET-3', { traceparent });
    toolbox.bus.publish = publish;
    expect(spans()).toEqual([]);
    expect(published).toEqual([traceparent, traceparent]); // the product, and the act of staff
    await stop();
  });
});
