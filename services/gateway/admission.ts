import { makeBulkhead, type Bulkhead } from '#adapters/resilience/bulkhead.ts';

/** Requests at once, and how many more may wait, by `x-rate-class` of the OpenAPI files, for each service. */
export type Places = Readonly<Record<string, { readonly atOnce: number; readonly queue: number }>>;

export interface AdmissionOptions {
  readonly places: Places;
  /** Milliseconds that one may wait. */
  readonly waitMs: number;
}

/**
 * Passes work on to a service when there is a place for it; rejects with `Overloaded` when too much of its class waits at that
 * service already. A class that has no places of its own has those of `write`.
 */
export type Admit = <T>(
  service: string,
  rateClass: string,
  work: () => Promise<T>,
  signal: AbortSignal,
) => Promise<T>;

/** Places of their own for each service and class, so that a crowd at one takes nothing from the others. */
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
