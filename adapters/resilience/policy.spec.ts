import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Overloaded } from './bulkhead.ts';
import {
  CircuitOpen,
  Contended,
  makePolicy,
  Outage,
  TimedOut,
  type Policy,
  type PolicyOptions,
} from './policy.ts';

let calls: number;
/** How busy this process is. */
let load: number;
const policy = (options: Partial<PolicyOptions> = {}): Policy =>
  makePolicy({ name: 'payment', timeoutMs: 1_000, retries: 0, watch: () => () => load, ...options });
const counted =
  <T>(call: (signal: AbortSignal) => Promise<T>) =>
  (signal: AbortSignal) => {
    calls += 1;
    return call(signal);
  };
const outage = counted(() => Promise.reject(new Outage('away')));
const answer = counted(() => Promise.resolve('answer'));
const never = counted(() => new Promise<string>(() => undefined));

/** How the call ends, when all its pauses have passed. */
const end = async (call: Promise<unknown>): Promise<unknown> => {
  const ended = call.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  return ended;
};

beforeEach(() => {
  vi.useFakeTimers();
  calls = 0;
  load = 0.2;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a guarded call', () => {
  it('returns what the call returns', async () => {
    expect(await policy().execute(answer)).toBe('answer');
  });

  it('is retried after an outage, up to the limit', async () => {
    let failures = 2;
    const recovering = counted(async () => {
      failures -= 1;
      if (failures >= 0) throw new Outage('away');
      return 'answer';
    });
    expect(await end(policy({ retries: 2 }).execute(recovering))).toBe('answer');
    expect(calls).toBe(3);
  });

  it('is an outage after the last retry', async () => {
    expect(await end(policy({ retries: 2 }).execute(outage))).toBeInstanceOf(Outage);
    expect(calls).toBe(3);
  });

  it('is not retried unless that is safe', async () => {
    expect(await end(policy().execute(outage))).toBeInstanceOf(Outage);
    expect(calls).toBe(1);
  });

  it('is not retried after a bug, which does not open the circuit', async () => {
    const bug = counted(() => Promise.reject(new TypeError('bug')));
    const guarded = policy({ retries: 3, breakAfter: 1 });
    expect(await end(guarded.execute(bug))).toBeInstanceOf(TypeError);
    expect(calls).toBe(1);
    expect(await guarded.execute(answer)).toBe('answer');
  });

  it('times out, and aborts the connection to the callee', async () => {
    let signal: AbortSignal | undefined;
    const slow = counted((given) => {
      signal = given;
      return new Promise(() => undefined);
    });
    const ended = policy({ timeoutMs: 500 })
      .execute(slow)
      .catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(499);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await ended).toBeInstanceOf(TimedOut);
    expect(signal?.aborted).toBe(true);
  });

  it('has its full timeout at every try', async () => {
    expect(await end(policy({ timeoutMs: 500, retries: 1 }).execute(never))).toBeInstanceOf(TimedOut);
    expect(calls).toBe(2);
  });
});

describe('a circuit', () => {
  it('opens after consecutive outages, and then makes no calls', async () => {
    const guarded = policy({ breakAfter: 3 });
    for (let i = 0; i < 3; i += 1)
      expect(await guarded.execute(outage).catch((e: unknown) => e)).toBeInstanceOf(Outage);
    await expect(guarded.execute(answer)).rejects.toThrow(CircuitOpen);
    expect(calls).toBe(3);
  });

  it('stays closed if responses come between the outages', async () => {
    const guarded = policy({ breakAfter: 2 });
    for (let i = 0; i < 5; i += 1) {
      await guarded.execute(outage).catch(() => undefined);
      await guarded.execute(answer);
    }
    expect(calls).toBe(10);
  });

  it('counts calls that time out', async () => {
    const guarded = policy({ breakAfter: 1, breakForMs: 120_000 });
    expect(await end(guarded.execute(never))).toBeInstanceOf(TimedOut);
    await expect(guarded.execute(answer)).rejects.toThrow(CircuitOpen);
  });

  it('lets one call through after a while, closes when it succeeds, and reports both', async () => {
    const states: number[] = [];
    const guarded = policy({ breakAfter: 1, breakForMs: 2_000, onState: (open) => states.push(open) });
    await guarded.execute(outage).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(2_000);
    await guarded.execute(outage).catch(() => undefined);
    await expect(guarded.execute(answer)).rejects.toThrow(CircuitOpen);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await guarded.execute(answer)).toBe('answer');
    expect(await guarded.execute(answer)).toBe('answer');
    expect(states[0]).toBe(1);
    expect(states.at(-1)).toBe(0);
  });
});

describe('overload', () => {
  const all = (...made: readonly Promise<unknown>[]): Promise<unknown[]> => Promise.all(made.map(end));

  it('is reported at once if too many calls wait', async () => {
    const free = Promise.withResolvers<string>();
    const guarded = policy({ concurrency: 2, queue: 1 });
    const slow = counted(() => free.promise);
    const inside = [guarded.execute(slow), guarded.execute(slow), guarded.execute(slow)];
    await expect(guarded.execute(slow)).rejects.toThrow(Overloaded);
    expect(calls).toBe(2);
    free.resolve('answer');
    expect(await Promise.all(inside)).toEqual(['answer', 'answer', 'answer']);
    expect(calls).toBe(3);
  });

  it('does not shorten the timeout of a call that has waited', async () => {
    const guarded = policy({ concurrency: 1, timeoutMs: 1_000 });
    const takes = (ms: number) => () =>
      new Promise<string>((resolve) => setTimeout(() => resolve('answer'), ms));
    const ended = all(guarded.execute(takes(800)), guarded.execute(takes(800)));
    expect(await ended).toEqual(['answer', 'answer']);
  });

  it('opens no circuit, and is not retried at once', async () => {
    const guarded = policy({ breakAfter: 1, retries: 3 });
    const busy = counted(() => Promise.reject(new Overloaded('payment')));
    expect(await end(guarded.execute(busy))).toBeInstanceOf(Overloaded);
    expect(calls).toBe(1);
    expect(await guarded.execute(answer)).toBe('answer');
  });

  it('is reported for timeouts while this process is busy itself', async () => {
    const guarded = policy({ breakAfter: 1, retries: 3 });
    const late = counted(() => Promise.reject(new TimedOut('deadline', 1_000)));
    load = 0.95;
    expect(await end(guarded.execute(never))).toBeInstanceOf(Overloaded);
    expect(await end(guarded.execute(late))).toBeInstanceOf(Overloaded);
    expect(calls).toBe(2);
    expect(await guarded.execute(answer)).toBe('answer');
  });
});

describe('a lost race at the callee', () => {
  it('is retried, and opens no circuit', async () => {
    const guarded = policy({ breakAfter: 1, retries: 1 });
    const contended = counted(() => Promise.reject(new Contended('another unit was faster')));
    expect(await end(guarded.execute(contended))).toBeInstanceOf(Contended);
    expect(calls).toBe(2);
    expect(await guarded.execute(answer)).toBe('answer');
  });
});
