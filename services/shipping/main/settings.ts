import { z } from 'zod';
import { msSetting, readConfig } from '#adapters/service/config.ts';
import { MINUTE } from '#kernel/clock.ts';

const rate = z.coerce.number().min(0).max(1).default(0);

const SHORTEST_POLL_MS = 250;

export const readSettings = (env: Readonly<Record<string, string | undefined>>) => {
  const settings = readConfig(
    {
      /** From an order's release to its dispatch; it can be cancelled until then. */
      SHIPPING_DISPATCH_DELAY_MS: msSetting(30 * MINUTE),
      /** Polling interval for carriers; a minute by default, less with faster mock carriers. */
      SHIPPING_POLL_MS: z.coerce.number().int().min(10).optional(),
      SHIPPING_CARRIER_TIMEOUT_MS: msSetting(10_000),
      /** Speed of the mock carriers' parcels, as a factor on real time; 86400 is a day per second. */
      SHIPPING_MOCK_SPEED: z.coerce.number().positive().default(1),
      SHIPPING_MOCK_LOST_RATE: rate,
      SHIPPING_MOCK_RETURN_RATE: rate,
      SHIPPING_MOCK_SEED: z.coerce.number().int().default(1),
    },
    env,
  );
  const byTheirSpeed = Math.max(
    SHORTEST_POLL_MS,
    Math.min(MINUTE, (30 * MINUTE) / settings.SHIPPING_MOCK_SPEED),
  );
  return { ...settings, SHIPPING_POLL_MS: settings.SHIPPING_POLL_MS ?? byTheirSpeed };
};

export type Settings = ReturnType<typeof readSettings>;
