import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { Cause, EventEnvelope } from '#kernel/events.ts';
import { runBecauseOf } from '../context/cause.ts';
import { partsOf } from './traceparent.ts';

let tracer: Tracer | undefined;

/** The tracer of this process. Without one, the functions below only check for it. */
export const traceWith = (one: Tracer | undefined): void => {
  tracer = one;
};

const contextOf = (traceparent: string | undefined): Context => {
  const { traceId, spanId, flags } = partsOf(traceparent) ?? {};
  return traceId === undefined || spanId === undefined
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, {
        traceId,
        spanId,
        traceFlags: Number.parseInt(flags ?? '', 16) & TraceFlags.SAMPLED,
        isRemote: true,
      });
};

const traceparentOf = (span: Span): string => {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`;
};

const fail = (span: Span, error: unknown): void => {
  if (error instanceof Error) span.recordException(error);
  span.setStatus({ code: SpanStatusCode.ERROR });
};

/** Runs `work` with `cause`, as a span in its trace; everything that follows is a child of that span. */
export const inSpan = async <T>(
  name: string,
  kind: 'client' | 'internal',
  cause: Cause,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> => {
  if (!tracer) return runBecauseOf(cause, work);
  const spanKind = kind === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL;
  const span = tracer.startSpan(name, { kind: spanKind, attributes }, contextOf(cause.traceparent));
  try {
    return await runBecauseOf({ ...cause, traceparent: traceparentOf(span) }, work);
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    span.end();
  }
};

/** Passes `events` on, each with its own span in its original trace. */
export const inEventSpans = async <E extends EventEnvelope>(
  consumer: string,
  events: readonly E[],
  handle: (events: readonly E[]) => Promise<void>,
): Promise<void> => {
  if (!tracer) return handle(events);
  const spans: Span[] = [];
  const traced: E[] = [];
  for (const event of events) {
    const attributes = {
      'messaging.consumer.group.name': consumer,
      'messaging.message.id': event.event_id,
      'messaging.batch.message_count': events.length,
    };
    const options = { kind: SpanKind.CONSUMER, attributes };
    const span = tracer.startSpan(`process ${event.event_type}`, options, contextOf(event.traceparent));
    spans.push(span);
    traced.push({ ...event, traceparent: traceparentOf(span) });
  }
  try {
    await handle(traced);
  } catch (error) {
    for (const span of spans) fail(span, error);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
};

export interface ServerSpan {
  readonly traceparent: string;
  end(route: string, status: number): void;
}

/** The span of an incoming request; undefined while tracing is off. */
export const beginServerSpan = (
  service: string,
  method: string,
  traceparent: string | undefined,
): ServerSpan | undefined => {
  if (!tracer) return undefined;
  const attributes = { 'http.request.method': method, 'shop.service': service };
  const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, contextOf(traceparent));
  return {
    traceparent: traceparentOf(span),
    end: (route, status) => {
      span.updateName(`${method} ${route}`);
      span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
};
