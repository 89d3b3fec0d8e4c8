import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { serverEvents } from '#client/server-events.ts';

const URL = '/api/v1/staff/events';

/** Between two attempts to connect; doubles from the first to the last. */
const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** Between two reads of the same list, however much changes. */
const REST_MS = 2_000;
/** Between two reads of sums, which the shop computes from many records. */
const SUMS_REST_MS = 10_000;

interface Changed {
  readonly kind: string;
  readonly ids?: readonly string[];
}

/** The lists that show records of a kind, and what shows single ones by ID. */
const SHOWN: Readonly<
  Record<string, { readonly lists: readonly QueryKey[]; readonly single: readonly QueryKey[] }>
> = {
  // Not the quote of a refund: the order says first how much can still be refunded.
  order: {
    lists: [
      ['orders', 'list'],
      ['orders', 'counts'],
    ],
    single: [
      ['orders', 'one'],
      ['orders', 'payment'],
      ['orders', 'shipments'],
    ],
  },
  case: {
    lists: [
      ['orders', 'counts'],
      ['orders', 'needs-you'],
    ],
    single: [],
  },
  // Not the quote of a refund: after the refund there is nothing to quote.
  return: { lists: [['orders', 'returns']], single: [] },
  stock: { lists: [['stock']], single: [] },
  review: {
    lists: [
      ['reviews', 'list'],
      ['reviews', 'needs-you'],
    ],
    single: [['reviews', 'one']],
  },
};

/** The queries that show what has changed. */
export const queriesOf = (changes: readonly Changed[]): readonly QueryKey[] =>
  changes.flatMap(({ kind, ids }) => {
    const { lists = [], single = [] } = SHOWN[kind] ?? {};
    return [...lists, ...(ids ? single.flatMap((key) => ids.map((id) => [...key, id])) : single)];
  });

/** Sums of orders. */
export const sumsOf = (changes: readonly Changed[]): readonly QueryKey[] =>
  changes.some(({ kind }) => kind === 'order') ? [['orders', 'figures']] : [];

const ALL: readonly Changed[] = Object.keys(SHOWN).map((kind) => ({ kind }));

/** Reads again what is on the page and has changed, each query once in a while. */
export class Refresh {
  readonly #queries: Pick<QueryClient, 'invalidateQueries'>;
  readonly #restMs: number;
  readonly #waiting = new Map<string, QueryKey>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(queries: Pick<QueryClient, 'invalidateQueries'>, restMs = REST_MS) {
    this.#queries = queries;
    this.#restMs = restMs;
  }

  add(keys: readonly QueryKey[]): void {
    for (const key of keys) this.#waiting.set(JSON.stringify(key), key);
    if (this.#timer === undefined) this.#flush();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** At once after a rest, and what comes during the next rest after it. */
  readonly #flush = (): void => {
    this.#timer = undefined;
    if (this.#waiting.size === 0) return;
    for (const queryKey of this.#waiting.values())
      void this.#queries.invalidateQueries({ queryKey }, { cancelRefetch: false });
    this.#waiting.clear();
    this.#timer = setTimeout(this.#flush, this.#restMs);
  };
}

/**
 * Keeps what is shown up to date by the events of the shop, while the page is visible; returns how to stop. A hidden page has no
 * connection and continues where it was, so many open tabs cost nothing.
 */
export const followShop = (queries: QueryClient): (() => void) => {
  const [lists, sums] = [new Refresh(queries), new Refresh(queries, SUMS_REST_MS)];
  const onChanges = (changes: readonly Changed[]): void => {
    lists.add(queriesOf(changes));
    sums.add(sumsOf(changes));
  };
  let connection: AbortController | undefined;
  const onVisibility = (): void => {
    connection?.abort();
    connection = undefined;
    if (document.visibilityState === 'hidden') return;
    connection = new AbortController();
    void follow(onChanges, connection.signal);
  };
  document.addEventListener('visibilitychange', onVisibility);
  onVisibility();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    connection?.abort();
    lists.stop();
    sums.stop();
  };
};

/** The last event that was received, of the session of this page. */
let last: string | undefined;

const follow = async (
  onChanges: (changes: readonly Changed[]) => void,
  signal: AbortSignal,
): Promise<void> => {
  for (let pauseMs = FIRST_MS; !signal.aborted; pauseMs = Math.min(LONGEST_MS, pauseMs * 2)) {
    try {
      const headers = { 'X-Shop-Client': 'admin', ...(last === undefined ? {} : { 'Last-Event-ID': last }) };
      const { ok, status, body } = await fetch(URL, { headers, signal });
      if (status === 401 || status === 403) return; // after a sign-in it starts again; others may see none of it
      if (ok && body)
        for await (const { id, event, data } of serverEvents(body)) {
          pauseMs = FIRST_MS;
          if (data === undefined) continue;
          last = id;
          onChanges(event === 'reset' ? ALL : (JSON.parse(data) as { changes: Changed[] }).changes);
        }
    } catch {
      // Offline, or the gateway restarts.
    }
    await pause(pauseMs * (0.5 + Math.random()), signal); // not all at once after a restart
  }
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
