import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import { makeBulkhead, Overloaded } from './bulkhead.ts';
import { SATURATED, watchLoad, type LoadSince } from './load.ts';
import { TimedOut, within } from './within.ts';

export { TimedOut };

/** Guards an external call. `signal` is aborted at the timeout. */
export interface Policy {
  /** Rejects with `CircuitOpen`, `TimedOut`, `Overloaded`, or what the call rejects with. */
  execute<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** The callee has failed recently, so the call was not made. */
export class CircuitOpen extends Error {
  constructor(name: string) {
    super(`${name} is not called right now`);
    this.name = 'CircuitOpen';
  }
}

/** The callee is broken or unavailable. A refusal is a response, not an `Outage`. */
export class Outage extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Outage';
  }
}

/** The callee lost a race for its own data: a retry helps, and nothing is broken. */
export class Contended extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Contended';
  }
}

const AWAY = [Outage, TimedOut, CircuitOpen, Overloaded, Contended];

/** Whether a guarded call failed because its callee is currently unavailable, for whatever reason. */
export const isAway = (error: unknown): boolean => AWAY.some((kind) => error instanceof kind);

export interface PolicyOptions {
  readonly name: string;
  /** Timeout of one attempt in milliseconds, from when the call is made: waiting for a place does not count. */
  readonly timeoutMs: number;
  /** Retries after the first attempt; 0 unless the call may be repeated. */
  readonly retries: number;
  /** Consecutive outages that open the circuit, and for how long (milliseconds). */
  readonly breakAfter?: number;
  readonly breakForMs?: number;
  /** Concurrent calls, and the length of the queue. */
  readonly concurrency?: number;
  readonly queue?: number;
  /** Called when the circuit opens (1) or closes (0). */
  readonly onState?: (open: 0 | 1) => void;
  /** Starts watching how busy this process is. */
  readonly watch?: () => LoadSince;
}

const isOutage = (error: unknown): boolean => error instanceof Outage || error instanceof TimedOut;

/**
 * Bulkhead, retry with jittered backoff, circuit breaker and timeout, from the outside in. The circuit breaker
 * counts only failures of the callee: not refusals, overload, lost races, or calls that were late while this process was
 * saturated, which says nothing about the callee. An overloaded callee is not retried at once.
 */
export const makePolicy = (options: PolicyOptions): Policy => {
  const { name, timeoutMs, retries, breakAfter = 5, breakForMs = 2_000, watch = watchLoad } = options;
  const { concurrency = 64, queue = 256 } = options;
  const bulkhead = makeBulkhead({ name, atOnce: concurrency, queue, waitMs: timeoutMs });
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: breakForMs,
    breaker: new ConsecutiveBreaker(breakAfter),
  });
  breaker.onBreak(() => options.onState?.(1));
  breaker.onReset(() => options.onState?.(0));
  const tries = retry(
    handleWhen((error) => isOutage(error) || error instanceof Contended),
    { maxAttempts: retries, backoff: new ExponentialBackoff({ initialDelay: 30, maxDelay: 1_000 }) },
  );
  const policy = wrap(tries, breaker);

  const tryOnce = async <T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const load = watch();
    try {
      return await within(timeoutMs, name, call);
    } catch (error) {
      if (!(error instanceof TimedOut) || load() < SATURATED) throw error;
      throw new Overloaded(name, { cause: error });
    }
  };
  return {
    execute: async (call) => {
      try {
        return await bulkhead.run(() => policy.execute(() => tryOnce(call)));
      } catch (error) {
        throw error instanceof BrokenCircuitError ? new CircuitOpen(name) : error;
      }
    },
  };
};
