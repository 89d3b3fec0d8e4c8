import { traceWith } from './tracing.ts';

const nothing = (): Promise<void> => Promise.resolve();

/**
 * Sends spans to the collector at `OTEL_EXPORTER_OTLP_ENDPOINT` (OTLP over HTTP); without it, the SDK is not loaded. `OTEL_SERVICE_NAME` names the process, `OTEL_TRACES_SAMPLER_ARG` the share of traces that is kept.
 * Resolves to a function that sends the remaining spans and stops.
 */
export const startTracing = async (
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<() => Promise<void>> => {
  const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '';
  if (endpoint === '') return nothing;
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const share = Number(env['OTEL_TRACES_SAMPLER_ARG'] ?? 1);
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': env['OTEL_SERVICE_NAME'] ?? name }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  });
  traceWith(provider.getTracer('shop'));
  return async () => {
    traceWith(undefined);
    await provider.shutdown();
  };
};
