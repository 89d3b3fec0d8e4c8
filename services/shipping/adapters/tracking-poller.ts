import { WakeableLoop } from '#adapters/messaging/wakeable-loop.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import type { Attachment } from '#adapters/service/module.ts';
import type { TrackParcels } from '../core/application/track-parcels.ts';
import type { Carrier } from '../core/ports/carrier.ts';

/** While no parcel is under way, the pause doubles: up to this factor, and to this many milliseconds. */
const QUIETEST = { factor: 8, ms: 2_000 };

export interface PollerOptions {
  readonly carrierId: string;
  readonly carrier: Carrier;
  readonly trackParcels: TrackParcels;
  /** Pause between two rounds through all parcels under way. */
  readonly pollMs: number;
  readonly logger: Logger;
}

/** Polls one carrier about its parcels, batch by batch; a carrier that is down does not affect the others. */
export const makeTrackingPoller = (options: PollerOptions): Attachment => {
  const { carrierId, carrier, trackParcels, pollMs, logger } = options;
  const longestMs = Math.max(pollMs, Math.min(pollMs * QUIETEST.factor, QUIETEST.ms));
  let next: string | undefined;
  let pauseMs = pollMs;
  let parcels = 0;
  const loop = new WakeableLoop({
    turn: async () => {
      const tracked = await trackParcels(carrierId, carrier, next);
      next = tracked.next;
      parcels += tracked.parcels;
      if (next !== undefined) return 0;
      pauseMs = parcels > 0 ? pollMs : Math.min(pauseMs * 2, longestMs);
      parcels = 0;
      return pauseMs;
    },
    onError: (error) => {
      logger.warn({ err: error, carrier: carrierId }, 'tracking failed, will try again');
    },
  });
  return {
    start: async () => {
      loop.start();
      await Promise.resolve();
    },
    stop: () => loop.stop(),
  };
};
