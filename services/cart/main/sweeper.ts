import { WakeableLoop } from '#adapters/messaging/wakeable-loop.ts';
import type { Attachment, Toolbox } from '#adapters/service/module.ts';
import type { CartExpiry } from '../core/ports/cart-tx.ts';

/** Sweeps at the start and then from time to time; several instances may, without harm. */
export const makeSweeper = (
  { clock, logger }: Pick<Toolbox, 'clock' | 'logger'>,
  expiry: CartExpiry,
  everyMs: number,
): Attachment => {
  const loop = new WakeableLoop({
    turn: async () => {
      await expiry.sweep(clock.now());
      return everyMs;
    },
    onError: (error) => {
      logger.warn({ err: error }, 'sweeping carts failed');
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
