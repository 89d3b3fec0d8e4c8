import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  wrap,
  type IPolicy,
} from 'cockatiel';

/** How a call to the outside is guarded. `signal` is aborted when the time is up. */
export interface Policy {
  execute<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** The callee failed lately, or too many calls are under way: this one was not made. */
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

export interface PolicyOptions {
  readonly name: string;
  /** For the whole of one try, milliseconds. */
  readonly timeoutMs: number;
  /** Further tries after the first; 0 unless repeating the call is harmless. */
  readonly retries: number;
  /** Consecutive outages that open the circuit, and for how long (milliseconds). */
  readonly breakAfter?: number;
  readonly breakForMs?: number;
  /** Calls at once, and how many may wait. */
  readonly concurrency?: number;
  readonly queue?: number;
  /** Told when the circuit opens or closes: 1 open, 0 closed. */
  readonly onState?: (open: 0 | 1) => void;
}

const isOutage = (error: unknown): boolean => error instanceof Outage || error instanceof TaskCancelledError;

/**
 * Bulkhead, retry with jittered backoff, circuit breaker and timeout, from the outside in. Only outages are
 * retried and counted: a refusal is an answer, and an open circuit is not knocked at.
 */
export const makePolicy = (options: PolicyOptions): Policy => {
  const {
    name,
    timeoutMs,
    retries,
    breakAfter = 5,
    breakForMs = 2_000,
    concurrency = 256,
    queue = 1_024,
  } = options;
  const outages = handleWhen(isOutage);
  const breaker = circuitBreaker(outages, {
    halfOpenAfter: breakForMs,
    breaker: new ConsecutiveBreaker(breakAfter),
  });
  breaker.onBreak(() => options.onState?.(1));
  breaker.onReset(() => options.onState?.(0));
  const policy: IPolicy = wrap(
    bulkhead(concurrency, queue),
    retry(outages, {
      maxAttempts: retries,
      backoff: new ExponentialBackoff({ initialDelay: 30, maxDelay: 1_000 }),
    }),
    breaker,
    timeout(timeoutMs, TimeoutStrategy.Aggressive),
  );
  return {
    execute: async (call) => {
      try {
        return await policy.execute(({ signal }) => call(signal));
      } catch (error) {
        if (error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError)
          throw new CircuitOpen(name);
        if (error instanceof TaskCancelledError) throw new TimedOut(name, timeoutMs);
        throw error;
      }
    },
  };
};
