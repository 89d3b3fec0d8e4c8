import type { Clock } from './clock.ts';
import type { components } from './generated/api.ts';
import { errorOf } from './problem.ts';
import type { Fetch, RetryOptions } from './retries.ts';

export type TimelineEntry = components['schemas']['TimelineEntry'];

export interface WatchOptions {
  readonly signal?: AbortSignal;
  /** The number of the last entry that is known already. */
  readonly after?: number;
}

const FINAL = ['delivered', 'cancelled', 'refunded'];

/** A server-sent event, as far as the shop uses it; a sign of life has no data. */
interface ServerEvent {
  readonly id: string;
  readonly data: string | undefined;
}

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

/** Events end at an empty line; what is cut off is dropped, since it comes again. */
async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let buffer = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      buffer += decoder.decode(value, { stream: true });
      const blocks = buffer.split(/\r?\n\r?\n/);
      buffer = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(block.split(/\r?\n/).map((line) => field(line)));
        yield { id: fields.get('id') ?? '', data: fields.get('data') };
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined); // it may have broken already
  }
}

const field = (line: string): [string, string] => {
  const [, name = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
  return [name, value];
};
