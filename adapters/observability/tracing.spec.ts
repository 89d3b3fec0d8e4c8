import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { currentCause } from '#adapters/context/cause.ts';
import { goneEnvelope } from '#test/kit/events.ts';
import { serve } from '#test/kit/http.ts';
import { startTracing } from './otlp.ts';
import { asTraceparent } from './traceparent.ts';
import { inEventSpans, inSpan, traceWith } from './tracing.ts';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
const cause = { correlationId: 'story-1', causationId: 'r-1' };
const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

beforeEach(() => {
  exporter.reset();
  traceWith(provider.getTracer('test'));
});
afterEach(() => {
  traceWith(undefined);
});

describe('a span', () => {
  it('is part of its cause’s trace, and the cause of what is done in it', async () => {
    const seen = await inSpan('look', 'client', { ...cause, traceparent: parent }, { a: 1 }, async () =>
      currentCause(),
    );
    const [span] = exporter.getFinishedSpans();
    const context = span?.spanContext();
    expect(span).toMatchObject({ name: 'look', kind: SpanKind.CLIENT, attributes: { a: 1 } });
    expect(context?.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(span?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(seen).toEqual({ ...cause, traceparent: `00-${context?.traceId}-${context?.spanId}-01` });
  });

  it('records an error and rethrows it', async () => {
    const failed = inSpan('look', 'internal', cause, {}, () => Promise.reject(new TypeError('broken')));
    await expect(failed).rejects.toThrow('broken');
    expect(exporter.getFinishedSpans()).toMatchObject([
      { status: { code: SpanStatusCode.ERROR }, events: [{ attributes: { 'exception.message': 'broken' } }] },
    ]);
  });

  it('is not recorded if its trace is not sampled, but the trace continues', async () => {
    const unsampled = parent.replace(/01$/, '00');
    const seen = await inSpan('look', 'internal', { ...cause, traceparent: unsampled }, {}, async () =>
      currentCause(),
    );
    expect(exporter.getFinishedSpans()).toEqual([]);
    expect(seen?.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
  });

  it('does not exist while tracing is off: the cause is unchanged', async () => {
    traceWith(undefined);
    const given = { ...cause, traceparent: parent };
    expect(await inSpan('look', 'internal', given, {}, async () => currentCause())).toBe(given);
    const events = [goneEnvelope()];
    await inEventSpans('mail', events, async (same) => expect(same).toBe(events));
  });
});

describe('events', () => {
  it('are handled in a span each, in the trace of each event', async () => {
    const events = [{ ...goneEnvelope(1), traceparent: parent }, goneEnvelope(2)];
    const handed: unknown[] = [];
    await inEventSpans('mail', events, async (traced) => void handed.push(...traced));
    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ name, kind }) => [name, kind])).toEqual([
      ['process product.deleted', SpanKind.CONSUMER],
      ['process product.deleted', SpanKind.CONSUMER],
    ]);
    expect(spans.map((span) => span.parentSpanContext?.spanId)).toEqual(['b7ad6b7169203331', undefined]);
    const own = spans.map((span) => `00-${span.spanContext().traceId}-${span.spanContext().spanId}-01`);
    expect(handed).toEqual(events.map((event, index) => ({ ...event, traceparent: own[index] })));
  });

  it('record an error in all their spans', async () => {
    const failed = inEventSpans('mail', [goneEnvelope(1), goneEnvelope(2)], () =>
      Promise.reject(new Error('broken')),
    );
    await expect(failed).rejects.toThrow('broken');
    expect(exporter.getFinishedSpans().map(({ status }) => status.code)).toEqual([2, 2]);
  });
});

describe('a trace context', () => {
  it.each([undefined, '', 'nonsense', `${parent}-more`, parent.toUpperCase()])('is not %j', (given) => {
    expect(asTraceparent(given)).toBeUndefined();
  });
  it('follows the W3C format', () => {
    expect(asTraceparent(parent)).toBe(parent);
  });
});

describe('a collector', () => {
  it('receives all spans, at the latest when tracing ends', async () => {
    const received: string[] = [];
    const { url } = await serve((request, response) => {
      request.resume().on('end', () => {
        received.push(`${request.method} ${request.url}`);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    const stop = await startTracing('shop', { OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/` });
    await inSpan('look', 'internal', cause, {}, () => Promise.resolve());
    await stop();
    expect(received).toEqual(['POST /v1/traces']);
  });
});
