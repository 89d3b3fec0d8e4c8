import { WakeableLoop } from '#adapters/messaging/wakeable-loop.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import type { Attachment } from '#adapters/service/module.ts';
import type { TrackParcels } from '../core/application/track-parcels.ts';
import type { Carrier } from '../core/ports/carrier.ts';

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
  let next: string | undefined;
  const loop = new WakeableLoop({
    turn: async () => {
      next = await trackParcels(carrierId, carrier, next);
      return next === undefined ? pollMs : 0;
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
