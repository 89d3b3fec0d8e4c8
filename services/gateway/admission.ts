import { makeBulkhead, type Bulkhead } from '#adapters/resilience/bulkhead.ts';

/** Concurrent requests per service, and how many more may wait, by `x-rate-class` in the OpenAPI files. */
export type Places = Readonly<Record<string, { readonly atOnce: number; readonly queue: number }>>;

export interface AdmissionOptions {
  readonly places: Places;
  /** How long a request may wait, milliseconds. */
  readonly waitMs: number;
}

/**
 * Forwards work to a service when a slot is free; rejects with `Overloaded` if too many requests of its class are waiting for
 * that service. A class without slots of its own uses those of `write`.
 */
export type Admit = <T>(
  service: string,
  rateClass: string,
  work: () => Promise<T>,
  signal: AbortSignal,
) => Promise<T>;

/** Separate slots per service and class, so that load on one service takes nothing from the others. */
export const makeAdmission = ({ places, waitMs }: AdmissionOptions): Admit => {
  const bulkheads = new Map<string, Bulkhead>();
  const bulkheadOf = (service: string, rateClass: string): Bulkhead => {
    const name = `${service} ${rateClass in places ? rateClass : 'write'}`;
    const known = bulkheads.get(name);
    if (known) return known;
    const { atOnce, queue } = places[rateClass] ?? places['write'] ?? { atOnce: 1, queue: 0 };
    const made = makeBulkhead({ name, atOnce, queue, waitMs });
    bulkheads.set(name, made);
    return made;
  };
  return (service, rateClass, work, signal) => bulkheadOf(service, rateClass).run(work, signal);
};
