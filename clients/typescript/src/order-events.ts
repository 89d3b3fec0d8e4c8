import type { Clock } from './clock.ts';
import type { components } from './generated/api.ts';
import { errorOf } from './problem.ts';
import type { Fetch, RetryOptions } from './retries.ts';
import { serverEvents } from './server-events.ts';

export type TimelineEntry = components['schemas']['TimelineEntry'];

export interface WatchOptions {
  readonly signal?: AbortSignal;
  /** The number of the last entry that is known already. */
  readonly after?: number;
}

const FINAL = ['delivered', 'cancelled', 'refunded'];

/**
 * The entries of an order's timeline as they come, until the order is final. Goes on where it was when the connection
 * breaks; throws a `ShopError` when the shop refuses, and what `fetch` throws when it cannot be reached for long.
 */
export async function* orderEvents(
  { fetch, clock, retries }: { fetch: Fetch; clock: Clock; retries: RetryOptions },
  url: string,
  { signal, after }: WatchOptions,
): AsyncGenerator<TimelineEntry, void, undefined> {
  let last = after === undefined ? undefined : String(after);
  for (let failures = 0; ;) {
    const request = new Request(url, {
      headers: { accept: 'text/event-stream', ...(last === undefined ? {} : { 'last-event-id': last }) },
      ...(signal ? { signal } : {}),
    });
    try {
      const response = await fetch(request);
      if (!response.ok || !response.body) throw await errorOf(response, clock.now());
      for await (const { id, data } of serverEvents(response.body)) {
        failures = 0;
        if (data === undefined) continue;
        last = id;
        const entry = JSON.parse(data) as TimelineEntry;
        yield entry;
        if (FINAL.includes(entry.status)) return;
      }
      failures += 1;
      if (failures >= retries.attempts) return; // it ends without a word, again and again
    } catch (error) {
      failures += 1;
      if (signal?.aborted === true) return;
      if (!(error instanceof TypeError) || failures >= retries.attempts) throw error;
    }
    await clock.sleep(Math.min(retries.mostMs, retries.firstMs * 2 ** (failures - 1)), signal);
    if (signal?.aborted === true) return;
  }
}
