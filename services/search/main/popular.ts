import { z } from 'zod';
import { WakeableLoop } from '#adapters/messaging/wakeable-loop.ts';
import { readConfig } from '#adapters/service/config.ts';
import type { Attachment, Toolbox } from '#adapters/service/module.ts';
import type { Sweep } from '#adapters/service/sweeps.ts';
import { HOUR, SECOND } from '#kernel/clock.ts';
import {
  makeForgetQueries,
  makePopularQueries,
  makeQueryCounter,
  type PopularQueries,
} from '../core/application/popular-queries.ts';
import type { QueryCounts } from '../core/ports/query-counts.ts';

const SETTINGS = {
  /** Searches in 30 days that make a query popular. */
  SEARCH_POPULAR_FROM: z.coerce.number().int().min(1).max(1_000_000).default(10),
};

/** Between writes of the searches that were counted. */
const COUNTING_MS = 5 * SECOND;

export interface Popular {
  readonly count: (query: string) => void;
  readonly queries: PopularQueries;
  /** Stores what was counted, also when it stops. */
  readonly counting: Attachment;
  readonly sweep: Sweep;
}

/** Counts searches, and knows which are popular. */
export const composePopular = (
  { clock, env, logger }: Pick<Toolbox, 'clock' | 'env' | 'logger'>,
  counts: QueryCounts,
): Popular => {
  const counter = makeQueryCounter(counts, clock, () => {
    loop.wake();
  });
  const warn = (message: string) => (error: unknown) => {
    logger.warn({ err: error }, message);
  };
  const loop = new WakeableLoop({
    turn: async () => {
      await counter.flush();
      return HOUR; // it is woken before, if there is anything to do
    },
    gatherMs: COUNTING_MS,
    onError: warn('searches were not counted'),
  });
  const { SEARCH_POPULAR_FROM: least } = readConfig(SETTINGS, env);
  return {
    count: (query) => {
      counter.count(query);
    },
    queries: makePopularQueries(counts, clock, least, warn('popular queries cannot be read')),
    counting: {
      start: () => {
        loop.start();
        return Promise.resolve();
      },
      stop: async () => {
        await loop.stop();
        await counter.flush().catch(warn('searches were not counted'));
      },
    },
    sweep: { name: 'searches of long ago', everyMs: HOUR, sweep: makeForgetQueries(counts) },
  };
};
