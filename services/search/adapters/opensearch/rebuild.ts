import { setTimeout as pause } from 'node:timers/promises';
import { backoff } from '#adapters/messaging/backoff.ts';
import { StoreUnavailable } from '#adapters/messaging/stores.ts';
import type { OpenSearchConnection } from '#adapters/opensearch/connection.ts';
import type { IndexChange } from '../../core/domain/document.ts';
import { write } from './bulk.ts';
import type { Generation, Generations } from './generations.ts';

const MOST_RETRIES = 5;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3_000;

export interface RebuildOptions {
  /** A rebuild that shows no progress for so long is dead; it shows some six times as often. */
  readonly leaseMs: number;
  /** Time for searches that have begun on the index that was replaced. */
  readonly graceMs: number;
  readonly newId: () => string;
  readonly onRefused: (productId: string, reason: string) => void;
}

/** Another rebuild is in progress. */
export class RebuildInProgress extends Error {
  constructor(index: string) {
    super(`another rebuild is filling ${index}`);
    this.name = 'RebuildInProgress';
  }
}

/**
 * Builds a new index, puts it to use at once, and removes the old one. Changes applied meanwhile are written to both, as the new
 * one has its alias before the first listing is read. Removes what a rebuild that was killed left behind; throws
 * `RebuildInProgress` if another is at work.
 */
export const rebuild = async (
  connection: OpenSearchConnection,
  generations: Generations,
  listings: AsyncIterable<readonly IndexChange[]>,
  options: RebuildOptions,
): Promise<void> => {
  const { leaseMs, graceMs, newId, onRefused } = options;
  await clear(generations, leaseMs);
  const next = await generations.begin(newId());
  try {
    await fill();
  } catch (error) {
    await generations.remove(next).catch(() => undefined); // otherwise the next rebuild does
    throw error;
  }
  const before = await generations.use(next);
  if (before.length > 0) await pause(graceMs);
  for (const old of before) await generations.remove(old);

  async function fill(): Promise<void> {
    let beat = 0;
    let beatAt = performance.now();
    for await (const changes of listings) {
      const written = await persistently(() => write(connection, [next.buildingAlias], changes));
      for (const { productId, outcome, reason = '' } of written) {
        if (outcome === 'missing') throw new Error(`${next.index} was removed by another rebuild`);
        if (outcome === 'refused') onRefused(productId, reason);
      }
      if (performance.now() - beatAt < leaseMs / 6) continue;
      beat += 1;
      await generations.beat(next, beat);
      beatAt = performance.now();
    }
  }
};

/** Repeats a write that the server cannot do now: versions make it safe, and a rebuild is long. */
const persistently = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let failures = 0; ; failures += 1)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || failures === MOST_RETRIES) throw error;
      await pause(backoff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS));
    }
};

/** Removes what killed rebuilds left. */
const clear = async (generations: Generations, leaseMs: number): Promise<void> => {
  const others = (await generations.look()).filter(({ isInUse }) => !isInUse);
  for (const other of others) {
    if (other.buildingAlias !== undefined && (await isAlive(generations, other, leaseMs)))
      throw new RebuildInProgress(other.index);
    await generations.remove(other);
  }
};

const isAlive = async (
  generations: Generations,
  { index, beat }: Generation,
  leaseMs: number,
): Promise<boolean> => {
  const end = performance.now() + leaseMs;
  while (performance.now() < end) {
    await pause(leaseMs / 60); // an instance that starts waits for the other
    const now = (await generations.look()).find((one) => one.index === index);
    if (!now || now.isInUse) return now !== undefined;
    if (now.beat !== beat) return true;
  }
  return false;
};
