import { makeBulkhead, type Bulkhead } from '#adapters/resilience/bulkhead.ts';

/** Requests at once, by `x-rate-class` of the OpenAPI files, for each service. */
export type Places = Readonly<Record<string, number>>;

export interface AdmissionOptions {
  readonly places: Places;
  /** How many more may wait, for each place. */
  readonly queuePerPlace: number;
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
export const makeAdmission = ({ places, queuePerPlace, waitMs }: AdmissionOptions): Admit => {
  const bulkheads = new Map<string, Bulkhead>();
  const bulkheadOf = (service: string, rateClass: string): Bulkhead => {
    const name = `${service} ${rateClass in places ? rateClass : 'write'}`;
    const known = bulkheads.get(name);
    if (known) return known;
    const atOnce = places[rateClass] ?? places['write'] ?? 1;
    const made = makeBulkhead({ name, atOnce, queue: atOnce * queuePerPlace, waitMs });
    bulkheads.set(name, made);
    return made;
  };
  return (service, rateClass, work, signal) => bulkheadOf(service, rateClass).run(work, signal);
};
