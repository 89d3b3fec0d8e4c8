import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { makeBulkhead, Overloaded } from './bulkhead.ts';
import { SATURATED, watchLoad, type LoadSince } from './load.ts';

/** How a call to the outside is guarded. `signal` is aborted when the time is up. */
export interface Policy {
  /** Rejects with `CircuitOpen`, `TimedOut`, `Overloaded`, or what the call rejects with. */
  execute<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** The callee failed lately: this call was not made. */
export class CircuitOpen extends Error {
  constructor(name: string) {
    super(`${name} is not called right now`);
    this.name = 'CircuitOpen';
  }
}

export class TimedOut extends Error {
  constructor(name: string, ms: number) {
    super(`${name} did not answer within ${ms} ms`);
    this.name = 'TimedOut';
  }
}

/** The callee is broken or away; what it refuses is no `Outage` but an answer. */
export class Outage extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Outage';
  }
}

/** The callee lost a race for its own data: asking again helps, and nothing is broken. */
export class Contended extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Contended';
  }
}

const AWAY = [Outage, TimedOut, CircuitOpen, Overloaded, Contended];

/** Whether a guarded call failed because its callee cannot answer now, whoever is to blame. */
export const isAway = (error: unknown): boolean => AWAY.some((kind) => error instanceof kind);

export interface PolicyOptions {
  readonly name: string;
  /** For the whole of one try, milliseconds, from when it is made: waiting for a place does not count. */
  readonly timeoutMs: number;
  /** Further tries after the first; 0 unless repeating the call is harmless. */
  readonly retries: number;
  /** Consecutive outages that open the circuit, and for how long (milliseconds). */
  readonly breakAfter?: number;
  readonly breakForMs?: number;
  /** Calls at once, and how many may wait for a place. */
  readonly concurrency?: number;
  readonly queue?: number;
  /** Told when the circuit opens or closes: 1 open, 0 closed. */
  readonly onState?: (open: 0 | 1) => void;
  /** Begins to watch how busy this process is. */
  readonly watch?: () => LoadSince;
}

const isOutage = (error: unknown): boolean => error instanceof Outage || error instanceof TimedOut;

/**
 * Bulkhead, retry with jittered backoff, circuit breaker and timeout, from the outside in. Only failures of the callee are
 * counted by the circuit: not its refusals, not that it is overloaded or contended, and no call that was late while this
 * process had its hands full, which says nothing about the callee. What is overloaded is not asked again at once either.
 */
export const makePolicy = (options: PolicyOptions): Policy => {
  const { name, timeoutMs, retries, breakAfter = 5, breakForMs = 2_000, watch = watchLoad } = options;
  const { concurrency = 64, queue = 256 } = options;
  const bulkhead = makeBulkhead({ name, atOnce: concurrency, queue, waitMs: timeoutMs });
  const limit = timeout(timeoutMs, TimeoutStrategy.Aggressive);
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
      return await limit.execute(({ signal }) => call(signal));
    } catch (error) {
      if (!(error instanceof TaskCancelledError || error instanceof TimedOut)) throw error;
      throw load() >= SATURATED ? new Overloaded(name, { cause: error }) : new TimedOut(name, timeoutMs);
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
