import { AggregatorRegistry, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { eventLoopDelay } from './event-loop.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Metrics of one service, in Prometheus' text format. */
export class Metrics {
  readonly registry = new Registry();
  readonly contentType = this.registry.contentType;
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #parked: Counter<'consumer'>;

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    this.#requests = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Rate, errors and duration of requests per route',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers: [this.registry],
    });
    eventLoopDelay(); // begins to measure
    this.gauge('event_loop_delay_seconds', 'How late this process was', ['quantile'], (gauge) => {
      const { p50, p99, max } = eventLoopDelay();
      gauge.set({ quantile: '0.5' }, p50);
      gauge.set({ quantile: '0.99' }, p99);
      gauge.set({ quantile: '1' }, max);
    });
    this.#parked = this.counter('events_parked_total', 'Events that a consumer gave up on', ['consumer']);
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  counter<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Counter<Label> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  /** @param read sets the gauge's values when it is scraped */
  gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
    read?: (gauge: Gauge<Label>) => Promise<void> | void,
  ): Gauge<Label> {
    return new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      ...(read
        ? {
            collect(this: Gauge<Label>) {
              return read(this);
            },
          }
        : {}),
    });
  }

  /** @param buckets their upper bounds, in the unit of what is observed; those of requests, in seconds, by default */
  histogram(name: string, help: string, buckets: readonly number[] = SECONDS): Histogram {
    return new Histogram({ name, help, buckets: [...buckets], registers: [this.registry] });
  }

  /** A consumer has parked an event. */
  parked(consumer: string): void {
    this.#parked.inc({ consumer });
  }

  /** @param seconds from the request's arrival to its response */
  observe(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }
}

export type { Gauge };

/** The metrics of several services in one process, as one text; a label with the service keeps their series apart. */
export const mergedMetrics = async (parts: readonly Metrics[]): Promise<string> =>
  AggregatorRegistry.aggregate(
    await Promise.all(parts.map(({ registry }) => registry.getMetricsAsJSON())),
  ).metrics();
